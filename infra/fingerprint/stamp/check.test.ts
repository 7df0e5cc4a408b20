import type { JsonObject, JsonValue } from '../kubernetes-object';
import { sha256 } from '../sha256';
import { check } from './check';
import { fingerprint } from './fingerprint';

const RESTARTED = 'kubectl.kubernetes.io/restartedAt';

interface Spec extends JsonObject {
  readonly spec: JsonObject;
}

const deployment = (spec: JsonObject = {}, image = 'web:1', annotations?: JsonObject): Spec => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 1,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    template: {
      ...(annotations && { metadata: { annotations } }),
      spec: { containers: [{ name: 'web', image }] },
    },
    ...spec,
  },
});

/** What runs, carrying the stamp of what was intended. */
function stamped(
  intended: JsonObject,
  live: JsonObject = intended,
  ignore: readonly string[] = [],
): JsonObject & { metadata: Record<'labels' | 'annotations', JsonObject> & JsonObject } {
  const { labels, annotations } = fingerprint(intended, { ignore });
  return { ...live, metadata: { name: 'web', labels, annotations } };
}

function restamped(
  object: ReturnType<typeof stamped>,
  annotations: Record<string, JsonValue | undefined>,
): JsonObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, ...annotations },
    },
  };
}

test('an object as the code says is in agreement', () => {
  expect(check(stamped(deployment()))).toEqual({ kind: 'agreement' });
});

test('drift that v1 sees shows in hash and findings', () => {
  expect(check(stamped(deployment(), deployment({}, 'web:2')))).toEqual({
    kind: 'drift',
    findings: [
      {
        field: 'spec.template.spec.containers[name=web].image',
        kind: 'changed',
        expected: 'web:1',
        found: 'web:2',
      },
    ],
    hashMatches: false,
  });
});

test('drift that v1 is blind to shows in findings only', () => {
  expect(check(stamped(deployment(), deployment({ paused: true })))).toEqual({
    kind: 'drift',
    findings: [{ field: 'spec.paused', kind: 'added', found: true }],
    hashMatches: true,
  });
});

test('a hash edited by hand is drift without a finding', () => {
  const forged = restamped(stamped(deployment()), { 'tfdrift.jin.dev/spec-hash': sha256('x') });
  expect(check(forged)).toEqual({ kind: 'drift', findings: [], hashMatches: false });
});

test('a baseline edited to match is drift by the hash', () => {
  const live = deployment({}, 'evil:1');
  const { baseline } = fingerprint(live);
  expect(
    check(restamped(stamped(deployment(), live), { 'tfdrift.jin.dev/baseline': baseline })),
  ).toEqual({ kind: 'drift', findings: [], hashMatches: false });
});

test('an ignore annotation edited to hide something is a finding', () => {
  const live = deployment({ replicas: 9 });
  const forged = restamped(stamped(deployment(), live), {
    'tfdrift.jin.dev/ignore': 'spec.replicas',
  });
  expect(check(forged)).toMatchObject({
    kind: 'drift',
    findings: [
      {
        field: 'metadata.annotations["tfdrift.jin.dev/ignore"]',
        kind: 'added',
        found: 'spec.replicas',
      },
      { field: 'spec.replicas' },
    ],
  });
  const dropped = restamped(stamped(deployment(), deployment(), ['spec.replicas']), {
    'tfdrift.jin.dev/ignore': undefined,
  });
  expect(check(dropped)).toMatchObject({
    kind: 'drift',
    findings: [{ kind: 'removed', expected: 'spec.replicas' }],
  });
});

test.each<[string, JsonObject, readonly string[]]>([
  ['replicas', deployment({ replicas: 9 }), ['spec.replicas']],
  ['an image', deployment({}, 'other:1'), ['spec.template.spec.containers[name=web].image']],
  ['everything of a container', deployment({}, 'other:1'), ['spec.template.spec.containers[*]']],
])('an ignored change of %s leaves agreement, by the hash too', (_, live, ignore) => {
  expect(check(stamped(deployment(), live, ignore))).toEqual({ kind: 'agreement' });
});

test('an ignored element that another controller added leaves agreement', () => {
  const sidecar = { name: 'proxy', image: 'p:1' };
  const live = deployment({
    template: { spec: { containers: [{ name: 'web', image: 'web:1' }, sidecar] } },
  });
  expect(check(stamped(deployment(), live, ['spec.template.spec.containers[name=proxy]']))).toEqual(
    { kind: 'agreement' },
  );
  expect(check(stamped(deployment(), live, ['spec.replicas']))).toMatchObject({
    kind: 'drift',
    hashMatches: false,
  });
});

test('a restart leaves agreement and is reported', () => {
  const at = '2026-01-31T12:00:00Z';
  const live = deployment({}, 'web:1', { [RESTARTED]: at });
  expect(check(stamped(deployment(), live))).toEqual({ kind: 'agreement', restart: { at } });
  const both = deployment({}, 'web:2', { [RESTARTED]: at });
  expect(check(stamped(deployment(), both))).toMatchObject({
    kind: 'drift',
    hashMatches: false,
    restart: { at },
  });
});

test('another kind is checked by its baseline', () => {
  const config = (value: string): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { a: value },
  });
  expect(check(stamped(config('1')))).toEqual({ kind: 'agreement' });
  expect(check(stamped(config('1'), config('2')))).toMatchObject({
    kind: 'drift',
    hashMatches: false,
    findings: [{ field: 'data.a' }],
  });
  const forged = restamped(stamped(config('1')), { 'tfdrift.jin.dev/spec-hash': sha256('x') });
  expect(check(forged)).toEqual({ kind: 'drift', findings: [], hashMatches: false });
});

test('without the label nothing is claimed', () => {
  const object = stamped(deployment());
  expect(check(deployment())).toEqual({ kind: 'not-enrolled' });
  expect(
    check({
      ...object,
      metadata: { ...object.metadata, labels: { 'tfdrift.jin.dev/enabled': 'false' } },
    }),
  ).toEqual({ kind: 'not-enrolled' });
});

test.each([
  [['tfdrift.jin.dev/spec-hash']],
  [['tfdrift.jin.dev/baseline']],
  [['tfdrift.jin.dev/spec-hash', 'tfdrift.jin.dev/baseline']],
])('without %j the stamp is missing', (missing) => {
  const without = Object.fromEntries(missing.map((key) => [key, undefined]));
  expect(check(restamped(stamped(deployment()), without))).toEqual({
    kind: 'missing-stamp',
    missing,
  });
});

test.each([
  [{ 'tfdrift.jin.dev/spec-hash': 'ABC' }, 'the spec hash is no lower-case hex SHA-256'],
  [{ 'tfdrift.jin.dev/baseline': '{' }, 'the baseline is no JSON'],
  [{ 'tfdrift.jin.dev/baseline': '{"v":3}' }, 'has version 3'],
  [
    { 'tfdrift.jin.dev/baseline': '{"v":2,"apiVersion":"v1","kind":"Service","content":{}}' },
    'is of a v1 Service',
  ],
  [
    {
      'tfdrift.jin.dev/baseline':
        '{"v":2,"apiVersion":"apps/v1","kind":"Deployment","content":{},"ignore":["["]}',
    },
    'must be a path',
  ],
])('a stamp %j cannot be read', (annotations, why) => {
  const verdict = check(restamped(stamped(deployment()), annotations));
  expect(verdict).toMatchObject({
    kind: 'unreadable-stamp',
    problems: [{ message: expect.stringContaining(why) }],
  });
});

test('a kind that is not supported cannot be read', () => {
  const object = { ...stamped(deployment()), apiVersion: 'apps/v2' };
  expect(check(object)).toMatchObject({ kind: 'unreadable-stamp' });
});
