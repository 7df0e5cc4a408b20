import fc from 'fast-check';
import { compare } from '../compare/compare';
import type { JsonObject } from '../kubernetes-object';
import { sha256 } from '../sha256';
import { intend } from '../stamp/intend';
import { arbitraryManifest } from '../testing/arbitrary-manifest';
import { parseBaseline, renderBaseline } from './baseline';

const configMap = (data: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  data,
  ...more,
});
const textOf = (object: JsonObject): string => renderBaseline(intend(object));

test('is canonical JSON with the version first', () => {
  const object = configMap({ b: '<&>', a: '1' }, { metadata: { name: 'c', labels: { app: 'x' } } });
  expect(textOf(object)).toBe(
    '{"v":2,"apiVersion":"v1","content":{"data":{"a":"1","b":"\\u003c\\u0026\\u003e"}},"kind":"ConfigMap","metadata":{"labels":{"app":"x"}}}',
  );
});

test('does not depend on the order of keys, nor on whether a default was written', () => {
  const spare = {
    apiVersion: 'v1',
    kind: 'Service',
    spec: { ports: [{ port: 80 }], selector: { a: 'b', c: 'd' } },
  };
  const full = {
    kind: 'Service',
    apiVersion: 'v1',
    spec: {
      type: 'ClusterIP',
      selector: { c: 'd', a: 'b' },
      ports: [{ targetPort: 80, protocol: 'TCP', port: 80 }],
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  };
  expect(textOf(full)).toBe(textOf(spare));
});

test('survives being written and read', () => {
  fc.assert(
    fc.property(arbitraryManifest, (manifest) => {
      const text = textOf(manifest);
      expect(renderBaseline(parseBaseline(text))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('repeats values up to 1,024 bytes and keeps of longer ones only digest and size', () => {
  const long = 'é'.repeat(513);
  const { content } = parseBaseline(
    textOf(
      configMap(
        { short: 'é'.repeat(512), long },
        { binaryData: { b: Buffer.alloc(1025, 7).toString('base64') } },
      ),
    ),
  );
  expect(content).toEqual({
    data: { short: 'é'.repeat(512), long: { $bytes: 1026, $sha256: sha256(long) } },
    binaryData: { b: { $bytes: 1025, $sha256: sha256(Buffer.alloc(1025, 7)) } },
  });
});

test('shortens more where an object would not fit otherwise', () => {
  const data = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`k${i}`, 'x'.repeat(1000)]),
  );
  const text = textOf(configMap(data));
  expect(text.length).toBeLessThan(150_000);
  expect(compare(parseBaseline(text), configMap(data)).findings).toEqual([]);
  expect(compare(parseBaseline(text), configMap({ ...data, k7: 'y' })).findings).toEqual([
    {
      field: 'data.k7',
      kind: 'changed',
      expected: { $bytes: 1000, $sha256: sha256('x'.repeat(1000)) },
      found: 'y',
    },
  ]);
});

test('a digest cannot be forged by a value that looks like one', () => {
  const script = 'x'.repeat(2000);
  const forged = { $bytes: 2000, $sha256: sha256(script) };
  const baseline = parseBaseline(textOf(configMap({ s: script })));
  expect(compare(baseline, configMap({ s: forged })).findings).toHaveLength(1);
  expect(compare(baseline, configMap({ s: JSON.stringify(forged) })).findings).toHaveLength(1);
  expect(() => textOf(configMap({ s: forged }))).toThrow('data.s: must be a string');
  // A map with such keys is a map: its values are compared, nothing is taken for a digest.
  const lookalike = configMap({ $sha256: sha256(script), $bytes: '2000' });
  expect(compare(parseBaseline(textOf(lookalike)), lookalike).findings).toEqual([]);
  expect(
    compare(parseBaseline(textOf(lookalike)), configMap({ $sha256: 'x', $bytes: '2000' })).findings,
  ).toMatchObject([{ field: 'data["$sha256"]' }]);
});

describe('a Secret', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    data: { a: Buffer.from('hunter2').toString('base64') },
    stringData: { b: 'swordfish' },
  };
  const live = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    data: {
      a: Buffer.from('hunter2').toString('base64'),
      b: Buffer.from('swordfish').toString('base64'),
    },
  };

  test('enters by digests only, without lengths', () => {
    const { content } = parseBaseline(textOf(secret));
    expect(content).toEqual({
      type: 'Opaque',
      data: { a: { $sha256: sha256('hunter2') }, b: { $sha256: sha256('swordfish') } },
    });
    expect(compare(parseBaseline(textOf(secret)), live).findings).toEqual([]);
  });

  test('has findings that name keys with digests', () => {
    const changed = {
      ...live,
      data: {
        a: Buffer.from('changed').toString('base64'),
        c: Buffer.from('new').toString('base64'),
      },
    };
    const { findings } = compare(parseBaseline(textOf(secret)), changed);
    expect(findings).toEqual([
      {
        field: 'data.a',
        kind: 'changed',
        expected: { $sha256: sha256('hunter2') },
        found: { $sha256: sha256('changed') },
      },
      { field: 'data.b', kind: 'removed', expected: { $sha256: sha256('swordfish') } },
      { field: 'data.c', kind: 'added', found: { $sha256: sha256('new') } },
    ]);
  });

  test('never shows a value, not even a malformed one', () => {
    const broken = { ...live, data: 'hunter3' };
    expect(JSON.stringify(compare(parseBaseline(textOf(secret)), broken))).not.toContain('hunter3');
  });
});

test.each([
  ['', 'is no JSON'],
  ['[]', 'is no JSON object'],
  ['{"v":3}', 'has version 3, this program reads 2'],
  ['{"apiVersion":"v1"}', 'has version undefined'],
  ['{"v":2}', 'names no apiVersion and kind'],
  ['{"v":2,"apiVersion":"v1","kind":"Service"}', 'has no content'],
  ['{"v":2,"apiVersion":"v1","kind":"Service","content":{},"ignore":[7]}', 'has an ignore list'],
])('cannot read %s, which %s', (text, why) => {
  expect(() => parseBaseline(text)).toThrow(why);
});
