import { type Baseline, parseBaseline } from '../baseline/baseline';
import { compare, RESTART_PATH, type Restart } from '../compare/compare';
import type { Finding } from '../compare/finding';
import { parseIgnorePath } from '../compare/ignore-path';
import { restoreIgnored } from '../compare/restore-ignored';
import { isJsonObject, type JsonObject } from '../kubernetes-object';
import { type Problem, Refusal } from '../refusal';
import { requireType } from '../schema/supported-kinds';
import { sha256 } from '../sha256';
import { v1Preimage } from '../v1/preimage';
import { isHash, type Stamp, stampOf } from './stamp';

/** Whether a live object is what its stamp says. */
export type Verdict =
  /** It does not carry the label, so nothing is claimed of it. */
  | { readonly kind: 'not-enrolled' }
  /** It carries the label and lacks these annotations. */
  | { readonly kind: 'missing-stamp'; readonly missing: readonly string[] }
  /** It carries a stamp that this program cannot read. */
  | { readonly kind: 'unreadable-stamp'; readonly problems: readonly Problem[] }
  | { readonly kind: 'agreement'; readonly restart?: Restart }
  | {
      readonly kind: 'drift';
      /** What differs; may be empty when only the hash does. */
      readonly findings: readonly Finding[];
      /**
       * Whether the stamped hash is that of the live object, ignored fields and a restart put
       * back. False without a finding means that stamp and baseline contradict each other.
       */
      readonly hashMatches: boolean;
      readonly restart?: Restart;
    };

/**
 * Checks a live object, as `kubectl get -o json` gives it, against its own stamp. Never throws for
 * what an object contains: a stamp that cannot be read is a verdict.
 */
export function check(live: JsonObject): Verdict {
  const stamp = stampOf(live);
  if (stamp.kind !== 'complete') return stamp;
  try {
    return checkStamp(live, stamp);
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unreadable-stamp', problems: error.problems };
    throw error;
  }
}

function checkStamp(live: JsonObject, stamp: Stamp): Verdict {
  if (!isHash(stamp.specHash)) return unreadable('the spec hash is no lower-case hex SHA-256');
  const baseline = parseBaseline(stamp.baseline);
  if (baseline.kind !== live.kind || baseline.apiVersion !== live.apiVersion) {
    return unreadable(`the baseline is of a ${baseline.apiVersion} ${baseline.kind}`);
  }
  const { findings, restart } = compare(baseline, live);
  const forged = ignoreFinding(baseline, stamp);
  const all = forged ? [forged, ...findings] : findings;
  const hashMatches = isHashOf(live, baseline, stamp, findings.length === 0);
  const restarted = restart && { restart };
  if (all.length === 0 && hashMatches) return { kind: 'agreement', ...restarted };
  return { kind: 'drift', findings: all, hashMatches, ...restarted };
}

/** The annotation is for people; the baseline's own list counts. They differ when one was edited. */
function ignoreFinding(baseline: Baseline, { ignore }: Stamp): Finding | undefined {
  const expected = baseline.ignore.join(', ');
  if (expected === (ignore ?? '')) return undefined;
  const kind = ignore === undefined ? 'removed' : expected === '' ? 'added' : 'changed';
  return {
    field: 'metadata.annotations["tfdrift.jin.dev/ignore"]',
    kind,
    ...(kind !== 'added' && { expected }),
    ...(ignore !== undefined && { found: ignore }),
  };
}

function isHashOf(live: JsonObject, baseline: Baseline, stamp: Stamp, agrees: boolean): boolean {
  const { apiVersion, kind, ignore, content } = baseline;
  const type = requireType(apiVersion, kind);
  const paths = [...ignore.map(parseIgnorePath), RESTART_PATH];
  const restored = restoreIgnored(
    { kind: 'struct', type, isPointer: false },
    { apiVersion, kind, ...content },
    live,
    paths,
  );
  const preimage = isJsonObject(restored) ? v1Preimage(restored) : undefined;
  // Kinds that v1 does not know: the hash is of the baseline, which stands for the live object.
  return preimage === undefined
    ? agrees && sha256(stamp.baseline) === stamp.specHash
    : sha256(preimage) === stamp.specHash;
}

function unreadable(why: string): Verdict {
  const message = `${why}; stamp the object again by applying the code`;
  return {
    kind: 'unreadable-stamp',
    problems: [{ code: 'unreadable-baseline', path: '', message }],
  };
}
