import { isJsonObject, type JsonObject } from '../kubernetes-object';
import { BASELINE, ENABLED, ENABLED_LABEL, IGNORE, SPEC_HASH } from './keys';

/** The stamp of an object, as far as it is there. */
export interface Stamp {
  readonly kind: 'complete';
  readonly specHash: string;
  readonly baseline: string;
  readonly ignore: string | undefined;
}

/** What an object carries in place of a stamp. */
export type NoStamp =
  | { readonly kind: 'not-enrolled' }
  | { readonly kind: 'missing-stamp'; readonly missing: readonly string[] };

const HASH = /^[0-9a-f]{64}$/;

/** The stamp of a live object, unread. */
export function stampOf({ metadata }: JsonObject): Stamp | NoStamp {
  const { labels, annotations } = isJsonObject(metadata) ? metadata : {};
  if (!isJsonObject(labels) || labels[ENABLED_LABEL] !== ENABLED) return { kind: 'not-enrolled' };
  const {
    [SPEC_HASH]: specHash,
    [BASELINE]: baseline,
    [IGNORE]: ignore,
  } = isJsonObject(annotations) ? annotations : {};
  if (typeof specHash === 'string' && typeof baseline === 'string') {
    return {
      kind: 'complete',
      specHash,
      baseline,
      ignore: typeof ignore === 'string' ? ignore : undefined,
    };
  }
  const missing = [
    ...(typeof specHash === 'string' ? [] : [SPEC_HASH]),
    ...(typeof baseline === 'string' ? [] : [BASELINE]),
  ];
  return { kind: 'missing-stamp', missing };
}

/** Whether a text is a hash as this package writes it: lower-case hex SHA-256. */
export function isHash(text: unknown): text is string {
  return typeof text === 'string' && HASH.test(text);
}
