const PREFIX = 'tfdrift.jin.dev/';

/** Label: the object takes part when its value is {@link ENABLED}. Stamped. */
export const ENABLED_LABEL = `${PREFIX}enabled`;
/** The value of {@link ENABLED_LABEL} that enrols an object. */
export const ENABLED = 'true';
/** Annotation: hex SHA-256, see `Fingerprint.specHash`. Stamped. */
export const SPEC_HASH = `${PREFIX}spec-hash`;
/** Annotation: the baseline. Stamped. */
export const BASELINE = `${PREFIX}baseline`;
/** Annotation: paths that another controller owns, separated by commas. Stamped when there are any. */
export const IGNORE = `${PREFIX}ignore`;
/** Annotation: `true` or `false`. Written by the operator. */
export const DRIFTED = `${PREFIX}drifted`;
/** Annotation: RFC 3339, since when; absent in agreement. Written by the operator. */
export const DRIFTED_AT = `${PREFIX}drifted-at`;
/** Annotation: hex SHA-256 of the live object. Written by the operator. */
export const LIVE_HASH = `${PREFIX}live-hash`;
/** Annotation: RFC 3339, when the verdict last changed. Written by the operator. */
export const LAST_CHECKED_AT = `${PREFIX}last-checked-at`;

/** Whether a label or annotation is the drift contract's own. */
export function isContractKey(key: string): boolean {
  return key.startsWith(PREFIX);
}
