import { isJsonObject, type JsonValue } from '../kubernetes-object';
import { fieldsOf, type ListShape } from '../schema/shape';
import type { Step } from './field-path';

/**
 * How to name each element of a list: by its keys where the list pairs by key and the element has
 * them, else by its index. An element with the keys of an earlier one is told apart by a count.
 */
export function elementSteps(shape: ListShape, list: readonly JsonValue[]): readonly Step[] {
  const seen = new Map<string, number>();
  return list.map((item, index): Step => {
    const keys = keysOf(shape, item);
    if (!keys) return { kind: 'index', index };
    const identity = JSON.stringify(keys);
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return { kind: 'element', keys, occurrence };
  });
}

function keysOf(
  { keys, item: shape }: ListShape,
  item: JsonValue,
): readonly (readonly [string, JsonValue])[] | undefined {
  if (keys.length === 0 || !isJsonObject(item) || shape.kind !== 'struct') return undefined;
  const found: [string, JsonValue][] = [];
  for (const key of keys) {
    const value = item[key];
    if (value === undefined || value === null || !fieldsOf(shape.type).has(key)) continue;
    found.push([key, value]);
  }
  return found.length === 0 ? undefined : found;
}
