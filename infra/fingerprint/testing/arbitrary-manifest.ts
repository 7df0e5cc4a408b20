import fc from 'fast-check';
import { gateOf } from '../defaults/gated-fields';
import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { fieldsOf, type ListShape, type ScalarName, type Shape } from '../schema/shape';
import { requireType, supportedKinds } from '../schema/supported-kinds';

const MAX_FIELDS = 4;
const MAX_ELEMENTS = 3;

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'web', 'nginx:1', 'nginx:latest', 'r.io/x') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' lead',
      '𝒳',
      'ﬀ',
      '\u0085nel',
      '<&>\u2028',
      '$(A)',
      'x'.repeat(1500),
    ),
  },
);

const scalars: Readonly<Record<ScalarName, fc.Arbitrary<JsonValue>>> = {
  bookkeeping: fc.constant(null),
  bool: fc.boolean(),
  bytes: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  int: fc.nat(3),
  intOrString: fc.constantFrom<JsonValue>(0, 1, 80, '25%', '1', 'http'),
  quantity: fc.constantFrom<JsonValue>('0', '1', '1000m', '1.5Gi', '0.1m', 2, '5n'),
  resourceQuantity: fc.constantFrom<JsonValue>('0', '1', '1000m', '1.5Gi', '0.1m', 2, '1e7'),
  string: text,
  time: fc.constantFrom('2026-01-31T12:00:00Z', '2026-01-31T12:00:00+02:00'),
};

/**
 * Manifests of any supported kind with any of the fields that its type has: syntactically sound,
 * rarely sensible. The API server would refuse most of them, its defaulting takes them all.
 */
export const arbitraryManifest: fc.Arbitrary<JsonObject> = fc
  .constantFrom(...supportedKinds)
  .chain(({ apiVersion, kind }) => manifestOf(apiVersion, kind));

/** Manifests of one kind. */
export function manifestOf(apiVersion: string, kind: string): fc.Arbitrary<JsonObject> {
  const type = requireType(apiVersion, kind);
  const content = [...fieldsOf(type)].filter(
    ([name]) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name),
  );
  return fields(content, content.length).map((body) => ({
    apiVersion,
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    ...body,
  }));
}

/** Values of a shape. */
export function arbitraryValue(shape: Shape): fc.Arbitrary<JsonValue> {
  switch (shape.kind) {
    case 'scalar':
      return scalars[shape.scalar];
    case 'struct':
      return fields(ungatedFieldsOf(shape.type), MAX_FIELDS);
    case 'map':
      return fc.dictionary(
        fc.constantFrom('app', 'a.b/c', 'constructor', '__proto__', '𝒳'),
        arbitraryValue(shape.value),
        { maxKeys: MAX_ELEMENTS, noNullPrototype: true },
      ) as fc.Arbitrary<JsonValue>;
    case 'list':
      return fc
        .array(arbitraryValue(shape.item), { maxLength: MAX_ELEMENTS })
        .map((list) => withDistinctKeys(shape, list));
  }
}

function ungatedFieldsOf(type: string): readonly (readonly [string, Shape])[] {
  return [...fieldsOf(type)].filter(([name]) => gateOf(`${type}.${name}`) === undefined);
}

function fields(
  all: readonly (readonly [string, Shape])[],
  maxFields: number,
): fc.Arbitrary<JsonObject> {
  return fc.subarray([...all], { maxLength: Math.min(maxFields, all.length) }).chain((chosen) => {
    const values = chosen
      .filter(([, shape]) => shape.kind !== 'scalar' || shape.scalar !== 'bookkeeping')
      .map(([name, shape]) => [name, arbitraryValue(shape)] as const);
    return fc.record(Object.fromEntries(values)) as fc.Arbitrary<JsonObject>;
  });
}

/** Gives elements keys that differ, as the API server demands of a list that pairs by key. */
function withDistinctKeys({ keys, item }: ListShape, list: readonly JsonValue[]): JsonValue {
  const [key] = keys;
  if (key === undefined || item.kind !== 'struct') return [...list];
  const shape = fieldsOf(item.type).get(key);
  const isNumber = shape?.kind === 'scalar' && shape.scalar === 'int';
  return list.map((element, i) =>
    isJsonObject(element) ? { ...element, [key]: isNumber ? 8000 + i : `key-${i}` } : element,
  );
}
