import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { elementSteps } from '../path/element-steps';
import type { Step } from '../path/field-path';
import { fieldsOf, type ListShape, type Shape } from '../schema/shape';
import { below, type IgnorePath } from './ignore-path';

type Side = JsonValue | undefined;

/**
 * A live value with the stated values put back where an ignore path points: what the live object
 * would be had its other owners done nothing. So its hash can be compared with the stamped one.
 * Everything else stays verbatim.
 */
export function restoreIgnored(
  shape: Shape | undefined,
  expected: Side,
  live: Side,
  ignore: readonly IgnorePath[],
): Side {
  if (ignore.length === 0 || !shape) return live;
  if (shape.kind === 'list') return restoreList(shape, asList(expected), asList(live), ignore);
  if (shape.kind === 'scalar') return live;
  const fields = shape.kind === 'struct' ? fieldsOf(shape.type) : undefined;
  const shapeOf = (name: string): Shape | undefined =>
    shape.kind === 'map' ? shape.value : fields?.get(name);
  return restoreFields(shapeOf, asObject(expected), asObject(live), ignore);
}

function restoreFields(
  shapeOf: (name: string) => Shape | undefined,
  expected: JsonObject,
  live: JsonObject,
  ignore: readonly IgnorePath[],
): JsonObject {
  const restored: [string, Side][] = [];
  for (const name of new Set([...Object.keys(live), ...Object.keys(expected)])) {
    const remaining = below(ignore, { kind: 'field', name });
    const [was, is] = [own(expected, name), own(live, name)];
    const value = remaining === 'all' ? was : restoreIgnored(shapeOf(name), was, is, remaining);
    restored.push([name, value]);
  }
  return Object.fromEntries(restored.filter(([, value]) => value !== undefined));
}

function restoreList(
  shape: ListShape,
  expected: readonly JsonValue[],
  live: readonly JsonValue[],
  ignore: readonly IgnorePath[],
): readonly JsonValue[] {
  const stated = byStep(shape, expected);
  const present = byStep(shape, live);
  const restored: JsonValue[] = [];
  for (const [id, { step, value }] of new Map([...stated, ...present])) {
    const remaining = below(ignore, step);
    const was = stated.get(id)?.value;
    const isThere = present.has(id);
    const kept =
      remaining === 'all'
        ? was
        : isThere
          ? restoreIgnored(shape.item, was, value, remaining)
          : undefined;
    if (kept !== undefined) restored.push(kept);
  }
  return restored;
}

function byStep(
  shape: ListShape,
  list: readonly JsonValue[],
): Map<string, { step: Step; value: JsonValue }> {
  return new Map(
    elementSteps(shape, list).map((step, i) => [
      JSON.stringify(step),
      { step, value: list[i] ?? null },
    ]),
  );
}

/** An entry that is really there: a label may be called `constructor`. */
function own(object: JsonObject, name: string): Side {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function asObject(side: Side): JsonObject {
  return isJsonObject(side) ? side : {};
}

function asList(side: Side): readonly JsonValue[] {
  return Array.isArray(side) ? side : [];
}
