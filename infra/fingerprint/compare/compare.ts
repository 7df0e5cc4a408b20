import type { Baseline } from '../baseline/baseline';
import { normaliseStruct } from '../canonical/normalise';
import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { requireType } from '../schema/supported-kinds';
import { compareUtf8 } from '../text/compare-utf8';
import { diff, type Place } from './diff';
import type { Finding } from './finding';
import { parseIgnorePath } from './ignore-path';

/** What a comparison of the code's statement with the cluster found. */
export interface Comparison {
  /** The differences, sorted by field. */
  readonly findings: readonly Finding[];
  /** There when someone ran `kubectl rollout restart`, which is no drift. */
  readonly restart?: Restart;
}

/** A restart by `kubectl rollout restart`. */
export interface Restart {
  /** RFC 3339, as kubectl wrote it. */
  readonly at: string;
}

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
/** Where `kubectl rollout restart` writes. */
export const RESTART_PATH = parseIgnorePath(
  `spec.template.metadata.annotations["${RESTARTED_AT}"]`,
);
const SHOWN_BYTES = 1024;

/**
 * Compares a baseline with a live object, as `kubectl get -o json` gives it. Both sides are
 * normalised and defaulted by the same rules, so an object that only gained what the API server
 * fills in has no finding; nor has `status`, foreign metadata, order without meaning, a restart,
 * or a field named by the baseline's `ignore` or by `options.ignore`.
 *
 * @throws Refusal `unsupported-kind`, or `invalid-ignore` for a path that cannot be read.
 */
export function compare(
  baseline: Baseline,
  live: JsonObject,
  options: { readonly ignore?: readonly string[] } = {},
): Comparison {
  const type = requireType(baseline.apiVersion, baseline.kind);
  const paths = [...baseline.ignore, ...(options.ignore ?? [])];
  const place: Place = {
    path: undefined,
    ignore: [...paths.map(parseIgnorePath), RESTART_PATH],
    showing: { longerThanBytes: SHOWN_BYTES, hidesBytes: baseline.kind === 'Secret' },
  };
  const expected = {
    ...asObject(normaliseStruct(type, baseline.content, undefined, {})),
    metadata: baseline.metadata,
  };
  const found = {
    ...asObject(normaliseStruct(type, contentOf(live), undefined, {})),
    metadata: statedOf(baseline.metadata, live),
  };
  const findings = diff({ kind: 'struct', type, isPointer: false }, expected, found, place);
  const at = restartedAt(live);
  const wasRestarted = at !== undefined && at !== restartedAt(baseline.content);
  return { findings: [...findings].sort(byField), ...(wasRestarted && { restart: { at } }) };
}

/** An object without what is not part of its statement: names, metadata and status. */
export function contentOf({
  apiVersion,
  kind,
  metadata,
  status,
  ...content
}: JsonObject): JsonObject {
  return content;
}

/** Of the live metadata only the stated keys: others are foreign, not drift. */
function statedOf(stated: JsonObject, live: JsonObject): JsonObject {
  const metadata = asObject(live.metadata);
  const maps = Object.entries(stated).map(([map, keys]) => {
    const present = asObject(metadata[map]);
    const kept = Object.keys(asObject(keys)).filter((key) => Object.hasOwn(present, key));
    return [map, Object.fromEntries(kept.map((key) => [key, present[key]]))];
  });
  return Object.fromEntries(maps);
}

function restartedAt(object: JsonObject): string | undefined {
  const template = asObject(asObject(object.spec).template);
  const value = asObject(asObject(template.metadata).annotations)[RESTARTED_AT];
  return typeof value === 'string' ? value : undefined;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function byField(a: Finding, b: Finding): number {
  return compareUtf8(a.field, b.field);
}
