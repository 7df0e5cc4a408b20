import type { JsonObject } from '../kubernetes-object';
import { sha256 } from '../sha256';
import type { InventoryEntry } from './inventory';
import { stampOf } from './stamp';

/** Whether what the inventory lists is still there and still carries the stamp it was given. */
export type InventoryVerdict =
  | { readonly kind: 'present' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'lost-label' }
  | { readonly kind: 'lost-stamp'; readonly missing: readonly string[] }
  /** The object carries a stamp that the code did not give it. */
  | {
      readonly kind: 'forged-stamp';
      readonly expected: StampHashes;
      readonly found: StampHashes;
    };

/** The two hashes that pin a stamp. */
export interface StampHashes {
  readonly specHash: string;
  readonly baselineHash: string;
}

/**
 * Checks one entry of the inventory against the live object of that kind, namespace and name, or
 * against its absence. Whether the object agrees with its stamp is `check`'s question.
 */
export function checkAgainstInventory(
  entry: InventoryEntry,
  live: JsonObject | undefined,
): InventoryVerdict {
  if (!live) return { kind: 'deleted' };
  const stamp = stampOf(live);
  if (stamp.kind === 'not-enrolled') return { kind: 'lost-label' };
  if (stamp.kind === 'missing-stamp') return { kind: 'lost-stamp', missing: stamp.missing };
  const expected = { specHash: entry.specHash, baselineHash: entry.baselineHash };
  const found = { specHash: stamp.specHash, baselineHash: sha256(stamp.baseline) };
  const isGenuine =
    expected.specHash === found.specHash && expected.baselineHash === found.baselineHash;
  return isGenuine ? { kind: 'present' } : { kind: 'forged-stamp', expected, found };
}
