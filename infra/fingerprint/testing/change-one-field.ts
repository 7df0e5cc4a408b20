import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { elementSteps } from '../path/element-steps';
import { type FieldPath, field, renderPath } from '../path/field-path';
import { fieldsOf, type ListShape, type Shape } from '../schema/shape';
import { requireType } from '../schema/supported-kinds';

/** A live object with one scalar changed, and a pattern of the one line that should report it. */
export interface OneChange {
  readonly live: JsonObject;
  readonly line: RegExp;
}

interface Leaf {
  readonly path: FieldPath;
  readonly shape: Shape;
  readonly write: (value: JsonValue) => JsonObject;
  readonly value: JsonValue;
}

const OTHER = {
  bool: true,
  int: 77,
  string: 'other',
  intOrString: 'other',
  bytes: 'b3RoZXI=',
  time: '2020-02-02T02:02:02Z',
  quantity: '7',
  resourceQuantity: '7',
};
// A change of these is reported otherwise: as another field, or as a new element under a new key.
const REPORTED_OTHERWISE = new Set([
  'sessionAffinity',
  'serviceAccount',
  'ipFamilies',
  'clusterIP',
  'clusterIPs',
  'healthCheckNodePort',
]);

const NOT_STATED = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/**
 * Changes one scalar that is there to another value of its type.
 * @param dice which one; `undefined` is returned when the object has none that fits.
 */
export function changeOneField(live: JsonObject, dice: Iterator<number>): OneChange | undefined {
  const type = requireType(live.apiVersion, live.kind);
  const all = [
    ...leavesOf(
      { kind: 'struct', type, isPointer: false },
      live,
      undefined,
      (value) => value as JsonObject,
    ),
  ];
  const leaf = all[Number(dice.next().value) % Math.max(all.length, 1)];
  if (leaf?.shape.kind !== 'scalar' || leaf.shape.scalar === 'bookkeeping') return undefined;
  const other = leaf.shape.scalar === 'bool' ? leaf.value !== true : OTHER[leaf.shape.scalar];
  if (other === leaf.value) return undefined;
  return { live: leaf.write(other), line: new RegExp(`^[~-] ${escaped(renderPath(leaf.path))}$`) };
}

function* leavesOf(
  shape: Shape,
  value: JsonValue,
  path: FieldPath | undefined,
  write: (value: JsonValue) => JsonObject,
): Generator<Leaf> {
  if (shape.kind === 'scalar' && path) yield { path, shape, write, value };
  else if (shape.kind === 'list' && Array.isArray(value))
    yield* elementLeaves(shape, value, path, write);
  else if (isJsonObject(value)) yield* fieldLeaves(shape, value, path, write);
}

function* fieldLeaves(
  shape: Shape,
  value: JsonObject,
  path: FieldPath | undefined,
  write: (value: JsonValue) => JsonObject,
): Generator<Leaf> {
  const fields = shape.kind === 'struct' ? fieldsOf(shape.type) : undefined;
  for (const name of statedFields(value, path)) {
    const child = value[name];
    const inner = shape.kind === 'map' ? shape.value : fields?.get(name);
    if (!inner || child === undefined) continue;
    const writeChild = (next: JsonValue): JsonObject => write({ ...value, [name]: next });
    yield* leavesOf(inner, child, field(path, name), writeChild);
  }
}

function statedFields(value: JsonObject, path: FieldPath | undefined): readonly string[] {
  const isStated = (name: string): boolean => path !== undefined || !NOT_STATED.has(name);
  return Object.keys(value).filter((name) => isStated(name) && !REPORTED_OTHERWISE.has(name));
}

function* elementLeaves(
  shape: ListShape,
  list: readonly JsonValue[],
  path: FieldPath | undefined,
  write: (value: JsonValue) => JsonObject,
): Generator<Leaf> {
  const steps = elementSteps(shape, list);
  // Elements that pair by content, not by place, have tests of their own.
  if (shape.keys.length === 0) return;
  for (const [i, item] of list.entries()) {
    const step = steps[i];
    if (!step) continue;
    yield* leavesOf(shape.item, item, { parent: path, step }, (next) =>
      write(list.map((other, j) => (i === j ? next : other))),
    );
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
