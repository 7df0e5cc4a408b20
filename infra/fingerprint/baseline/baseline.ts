import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { refuse } from '../refusal';
import { requireType } from '../schema/supported-kinds';
import { canonicalJson } from '../text/canonical-json';
import { shorten } from './shorten';

/** The version of the algorithm that this package writes and reads. */
export const BASELINE_VERSION = 2;

/** The statement that travels with an object: what its author intends, in canonical form. */
export interface Baseline {
  readonly apiVersion: string;
  readonly kind: string;
  /** Paths that another controller owns, in the grammar of `parseIgnorePath`. */
  readonly ignore: readonly string[];
  /** Labels and annotations that must be there. */
  readonly metadata: JsonObject;
  /** Everything else of the object but `status`: `spec`, or `data`, `rules`, `subjects`, …. */
  readonly content: JsonObject;
}

/** Values longer than this enter by digest: a script is found changed, not repeated. */
const LONG_BYTES = 1024;
/** Where that is not enough, everything longer than its own digest, which is the least there is. */
export const SHORTEST_DIGESTED_BYTES = 128;
/** Leaves room for the other annotations of an object below the API's 262,144 bytes. */
const ROOMY_BYTES = 192 * 1024;

/**
 * The baseline as the text of its annotation: `{"v":2,…}`, canonical JSON.
 * Long values enter as `{"$bytes":n,"$sha256":"…"}`, a Secret's only by digest.
 */
export function renderBaseline(baseline: Baseline): string {
  const text = renderShortened(baseline, LONG_BYTES);
  return Buffer.byteLength(text) <= ROOMY_BYTES
    ? text
    : renderShortened(baseline, SHORTEST_DIGESTED_BYTES);
}

function renderShortened(
  { apiVersion, kind, ignore, metadata, content }: Baseline,
  longerThanBytes: number,
): string {
  const how = { longerThanBytes, hidesBytes: kind === 'Secret' };
  const type = requireType(apiVersion, kind);
  const body: Record<string, JsonValue> = {
    apiVersion,
    kind,
    content: shorten({ kind: 'struct', type, isPointer: false }, content, how),
    ...(ignore.length > 0 && { ignore }),
    ...(Object.keys(metadata).length > 0 && {
      metadata: shorten(
        { kind: 'struct', type: 'meta.ObjectMeta', isPointer: false },
        metadata,
        how,
      ),
    }),
  };
  return `{"v":${BASELINE_VERSION},${canonicalJson(body).slice(1)}`;
}

/**
 * Reads a baseline back from its annotation.
 * @throws Refusal `unreadable-baseline` for a text that is none, or of another version.
 */
export function parseBaseline(text: string): Baseline {
  const parsed = parseJson(text);
  if (!isJsonObject(parsed)) return unreadable('is no JSON object');
  const { v, apiVersion, kind, ignore = [], metadata = {}, content } = parsed;
  if (v !== BASELINE_VERSION) {
    return unreadable(`has version ${JSON.stringify(v)}, this program reads ${BASELINE_VERSION}`);
  }
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    return unreadable('names no apiVersion and kind');
  if (!isJsonObject(content) || !isJsonObject(metadata)) return unreadable('has no content');
  if (!Array.isArray(ignore) || !ignore.every((path) => typeof path === 'string'))
    return unreadable('has an ignore list that is no list of texts');
  return { apiVersion, kind, ignore, metadata, content };
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return unreadable('is no JSON', cause);
  }
}

function unreadable(why: string, cause?: unknown): never {
  return refuse(
    'unreadable-baseline',
    '',
    `the baseline ${why}; stamp the object again by applying the code`,
    cause,
  );
}
