export {
  ANNOTATIONS_LIMIT_BYTES,
  annotationsSizeBytes,
  requireAnnotationsFit,
} from './baseline/annotation-size';
export {
  BASELINE_VERSION,
  type Baseline,
  parseBaseline,
  renderBaseline,
} from './baseline/baseline';
export type { Digest } from './baseline/digest';
export { type Comparison, compare, type Restart } from './compare/compare';
export type { Finding } from './compare/finding';
export { type IgnorePath, parseIgnorePath, splitIgnoreList } from './compare/ignore-path';
export type { JsonObject, JsonValue } from './kubernetes-object';
export {
  type CanonicalQuantity,
  canonicalQuantity,
  type QuantityPosition,
} from './quantity/canonical-quantity';
export { type Problem, Refusal, type RefusalCode } from './refusal';
export { supportedKinds } from './schema/supported-kinds';
export { sha256 } from './sha256';
export { check, type Verdict } from './stamp/check';
export {
  checkAgainstInventory,
  type InventoryVerdict,
  type StampHashes,
} from './stamp/check-against-inventory';
export { type Fingerprint, fingerprint } from './stamp/fingerprint';
export { intend } from './stamp/intend';
export {
  type InventoryEntry,
  inventoryEntry,
  parseInventory,
  renderInventory,
} from './stamp/inventory';
export {
  BASELINE,
  DRIFTED,
  DRIFTED_AT,
  ENABLED,
  ENABLED_LABEL,
  IGNORE,
  isContractKey,
  LAST_CHECKED_AT,
  LIVE_HASH,
  SPEC_HASH,
} from './stamp/keys';
export { v1Preimage } from './v1/preimage';
