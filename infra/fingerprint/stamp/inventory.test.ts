import fc from 'fast-check';
import type { JsonObject } from '../kubernetes-object';
import { checkAgainstInventory } from './check-against-inventory';
import { fingerprint } from './fingerprint';
import { type InventoryEntry, inventoryEntry, parseInventory, renderInventory } from './inventory';

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const text = fc.string({ unit: 'binary', maxLength: 5 });
const entry: fc.Arbitrary<InventoryEntry> = fc.record({
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  specHash: hash,
  baselineHash: hash,
});

const config = (value: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'shop' },
  data: { a: value },
});
const stamped = (object: JsonObject): { metadata: JsonObject } & JsonObject => {
  const { labels, annotations } = fingerprint(object);
  return { ...object, metadata: { name: 'c', namespace: 'shop', labels, annotations } };
};

test('is read back as it was written, whatever the order it was given in', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 5 }),
      (entries) => {
        const written = renderInventory(entries);
        expect(new Set(parseInventory(written).map((item) => item.name))).toEqual(
          new Set(entries.map(({ name }) => name)),
        );
        expect(renderInventory([...entries].reverse())).toBe(written);
        expect(renderInventory(parseInventory(written))).toBe(written);
      },
    ),
  );
});

test('an edit by hand is found', () => {
  const written = renderInventory([inventoryEntry(config('1'), fingerprint(config('1')))]);
  expect(() => parseInventory(written.replace('"shop"', '"other"'))).toThrow('it was edited');
  expect(() => parseInventory(written.replace('"v":1', '"v":2'))).toThrow(
    'must be an inventory of version 1',
  );
  expect(() => parseInventory('')).toThrow('must be JSON');
});

test('reports every malformed entry', () => {
  const broken = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      namespace: '',
      specHash: 'x',
      baselineHash: 'A'.repeat(64),
    },
  ];
  const written = renderInventory(broken as unknown as InventoryEntry[]);
  expect(() => parseInventory(written)).toThrow(
    /entries\[0\]\.name: .*\nentries\[0\]\.specHash: .*\nentries\[0\]\.baselineHash: /,
  );
});

test.each<[JsonObject, string]>([
  [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, 'default'],
  [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' } }, 'shop'],
  [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'c', namespace: 'shop' },
    },
    '',
  ],
])('%j lives in the namespace %j', (object, namespace) => {
  expect(inventoryEntry(object, fingerprint(object))).toMatchObject({ name: 'c', namespace });
});

test('refuses an object without a name', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'c-' } };
  expect(() => inventoryEntry(object, fingerprint(object))).toThrow('metadata.name: must be set');
});

describe('an entry', () => {
  const listed = inventoryEntry(config('1'), fingerprint(config('1')));
  const live = stamped(config('1'));

  test('is satisfied by the object with its stamp', () => {
    expect(checkAgainstInventory(listed, live)).toEqual({ kind: 'present' });
  });

  test('finds that the object is gone', () => {
    expect(checkAgainstInventory(listed, undefined)).toEqual({ kind: 'deleted' });
  });

  test('finds that the label is gone', () => {
    expect(
      checkAgainstInventory(listed, { ...live, metadata: { ...live.metadata, labels: {} } }),
    ).toEqual({ kind: 'lost-label' });
  });

  test('finds that the stamp is gone', () => {
    expect(
      checkAgainstInventory(listed, { ...live, metadata: { ...live.metadata, annotations: {} } }),
    ).toEqual({
      kind: 'lost-stamp',
      missing: ['tfdrift.jin.dev/spec-hash', 'tfdrift.jin.dev/baseline'],
    });
  });

  test('finds a stamp that was forged together with the object', () => {
    const forged = stamped(config('evil'));
    const { specHash, baselineHash } = fingerprint(config('evil'));
    expect(checkAgainstInventory(listed, forged)).toEqual({
      kind: 'forged-stamp',
      expected: { specHash: listed.specHash, baselineHash: listed.baselineHash },
      found: { specHash, baselineHash },
    });
  });

  test.each(['tfdrift.jin.dev/spec-hash', 'tfdrift.jin.dev/baseline'])(
    'finds a forged %s alone',
    (key) => {
      const annotations = { ...(live.metadata.annotations as JsonObject), [key]: 'x' };
      expect(
        checkAgainstInventory(listed, { ...live, metadata: { ...live.metadata, annotations } }),
      ).toMatchObject({ kind: 'forged-stamp' });
    },
  );
});
