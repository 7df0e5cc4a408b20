import { requireAnnotationsFit } from '../baseline/annotation-size';
import { renderBaseline } from '../baseline/baseline';
import { isJsonObject, type JsonObject } from '../kubernetes-object';
import { sha256 } from '../sha256';
import { v1Preimage } from '../v1/preimage';
import { intend } from './intend';
import { BASELINE, ENABLED, ENABLED_LABEL, IGNORE, SPEC_HASH } from './keys';

/** What makes an object take part: what is stamped on it, and what the inventory keeps of it. */
export interface Fingerprint {
  /**
   * For a Deployment or Service the hex SHA-256 of the v1 preimage, as the public operator computes
   * it; for every other kind, which v1 does not know, that of the baseline's text.
   */
  readonly specHash: string;
  /** The text of which `specHash` is the SHA-256. */
  readonly preimage: string;
  /** The text of the baseline annotation. */
  readonly baseline: string;
  /** The hex SHA-256 of `baseline`, for the inventory. */
  readonly baselineHash: string;
  /** The label to stamp. */
  readonly labels: Readonly<Record<string, string>>;
  /** The annotations to stamp: hash, baseline, and `ignore` when there is something to ignore. */
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Fingerprints an intended object in the API's form.
 *
 * @param options.ignore paths of fields that another controller owns, such as `spec.replicas`
 *   under an HPA; the grammar is that of `parseIgnorePath`. Default none.
 * @throws Refusal with every problem at once, see `intend`; `oversized-annotations` when all
 *   annotations of the object together would exceed what the API takes.
 */
export function fingerprint(
  object: JsonObject,
  { ignore = [] }: { readonly ignore?: readonly string[] } = {},
): Fingerprint {
  const statement = intend(object, ignore);
  const { apiVersion, kind, content } = statement;
  const baseline = renderBaseline(statement);
  const preimage = v1Preimage({ apiVersion, kind, ...content }) ?? baseline;
  const specHash = sha256(preimage);
  const annotations = {
    [SPEC_HASH]: specHash,
    [BASELINE]: baseline,
    ...(ignore.length > 0 && { [IGNORE]: statement.ignore.join(', ') }),
  };
  requireAnnotationsFit({ ...ownAnnotations(object), ...annotations });
  return {
    specHash,
    preimage,
    baseline,
    baselineHash: sha256(baseline),
    labels: { [ENABLED_LABEL]: ENABLED },
    annotations,
  };
}

function ownAnnotations({ metadata }: JsonObject): Record<string, string> {
  const annotations =
    isJsonObject(metadata) && isJsonObject(metadata.annotations) ? metadata.annotations : {};
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [key, String(value)]),
  );
}
