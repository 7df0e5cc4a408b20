import type { JsonObject, JsonValue } from '../kubernetes-object';

/**
 * What the API server fills in when the author left a field out.
 *
 * Rules stand by type, not by place, as upstream's functions do: one rule for a container holds
 * for every list of containers of every kind. A type's rules run in order, before its children's,
 * so a later rule sees what an earlier one filled in, and an object filled in gets its own rules.
 */
export interface DefaultRule {
  /**
   * `type.field`, for example `core.Container.terminationMessagePath`, or a longer path where only
   * that use of an inner type has the default: `batch.Job.spec.suspend`.
   */
  readonly field: string;
  /** The default, or how it follows from the fields beside it; `undefined` is none. */
  readonly value: JsonValue | ((self: JsonObject) => JsonValue | undefined);
  /** The rule holds only then. */
  readonly when?: (self: JsonObject) => boolean;
  /** Where upstream does this, below k8s.io/kubernetes v1.36. */
  readonly source: string;
}

/** What the API server changes although the author wrote it, such as an alias it folds away. */
export interface Adjustment {
  readonly type: string;
  readonly adjust: (self: JsonObject) => JsonObject;
  readonly source: string;
}

/** Whether a list or map was left out: the server keeps nothing of an empty one. */
export function isEmptyCollection(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || Object.keys(value).length === 0;
}
