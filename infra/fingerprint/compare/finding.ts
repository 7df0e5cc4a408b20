import type { JsonValue } from '../kubernetes-object';

/** One difference between what the code says and what the cluster has. */
export interface Finding {
  /** The field, for example `spec.template.spec.containers[name=web].image`. */
  readonly field: string;
  /** `added` is there and was not stated, `removed` was stated and is not there. */
  readonly kind: 'added' | 'changed' | 'removed';
  /** The stated value; absent when added. A long or secret one is a digest. */
  readonly expected?: JsonValue;
  /** The live value; absent when removed. A long or secret one is a digest. */
  readonly found?: JsonValue;
}
