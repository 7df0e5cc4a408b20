import fc from 'fast-check';
import type { JsonObject } from '../kubernetes-object';
import { sha256 } from '../sha256';
import { readFixture } from '../testing/read-fixture';
import { v1Preimage } from './preimage';

function hashOf(object: JsonObject): string {
  return sha256(v1Preimage(object) ?? '');
}

const marketplace = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: {
    replicas: 1,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
    template: {
      metadata: { labels: { app: 'marketplace' } },
      spec: {
        containers: [
          {
            name: 'marketplace',
            image: 'jinbi/marketplace:v2',
            env: [{ name: 'RECOMMENDATIONS_HOST', value: 'recommendations' }],
            ports: [{ containerPort: 5000, protocol: 'TCP' }],
            resources: {},
          },
        ],
      },
    },
  },
};

describe('golden vectors', () => {
  test('a Deployment', () => {
    expect(v1Preimage(marketplace)).toBe(
      '{"replicas":1,"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}},"template":{"labels":{"app":"marketplace"},"containers":[{"name":"marketplace","image":"jinbi/marketplace:v2","env":[{"name":"RECOMMENDATIONS_HOST","value":"recommendations"}],"ports":[{"containerPort":5000,"protocol":"TCP"}],"resources":{}}]}}',
    );
    expect(hashOf(marketplace)).toBe(
      '9a4c6b5d4d7eacba72202871edd1a45091a0d2fe828e3fab862a832df4db26d2',
    );
  });

  test('a Service', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      spec: {
        type: 'NodePort',
        selector: { app: 'marketplace' },
        ports: [{ port: 80, targetPort: 5000, nodePort: 31184, protocol: 'TCP' }],
      },
    };
    expect(hashOf(service)).toBe(
      '735d599907000677237e972bfac3648b8ea925d1c85823dc6e0a43bcab521bfb',
    );
  });

  test('a live Deployment with an odd quantity, taken verbatim', () => {
    const container = {
      name: 'x',
      image: 'i',
      env: [{ name: 'U', value: 'a=1&b=<2>' }],
      ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }],
      resources: { requests: { memory: '1Gi', cpu: '1' }, limits: { cpu: '1.500' } },
    };
    const template = { spec: { containers: [container] } };
    const odd = { ...marketplace, spec: { ...marketplace.spec, template } };
    expect(hashOf(odd)).toBe('61e4e709b5873259b7b689e9363006be337731b33c6534ef95a988de3cc9ef3c');
  });
});

test.each(
  readFixture<{ hash: string; object: JsonObject }>('v1.jsonl.gz').map((vector, i) => ({
    i,
    ...vector,
  })),
)('vector $i has the hash that the public operator gave it', ({ hash, object }) => {
  expect(hashOf(object)).toBe(hash);
});

test('a target port is a string, also where there is none', () => {
  const service = (port: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    spec: { ports: [port] },
  });
  expect(v1Preimage(service({ port: 80 }))).toBe('{"ports":[{"port":80,"targetPort":"0"}]}');
  expect(v1Preimage(service({ port: 80, targetPort: '' }))).toContain('"targetPort":""');
  expect(v1Preimage(service({ port: 80, targetPort: 81 }))).toContain('"targetPort":"81"');
});

test('other kinds have no v1 preimage', () => {
  expect(v1Preimage({ apiVersion: 'apps/v1', kind: 'StatefulSet' })).toBeUndefined();
  expect(v1Preimage({ apiVersion: 'example.com/v1', kind: 'Service' })).toBeUndefined();
});

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 4 });
const env = fc.uniqueArray(fc.record({ name, value: name }), {
  selector: (variable) => variable.name,
  maxLength: 5,
});
const labels = fc.dictionary(name, name, { maxKeys: 5, noNullPrototype: true });

function deployment(variables: readonly JsonObject[], podLabels: JsonObject): JsonObject {
  const containers = variables.map((variable) => ({
    name: `c${variable.name}`,
    image: 'i',
    env: variables,
  }));
  return {
    ...marketplace,
    spec: { template: { metadata: { labels: podLabels }, spec: { containers } } },
  };
}

test('the hash does not see the order of keys, containers and variables', () => {
  fc.assert(
    fc.property(env, labels, (variables, podLabels) => {
      const reversed = Object.fromEntries(Object.entries(podLabels).reverse());
      expect(hashOf(deployment([...variables].reverse(), reversed))).toBe(
        hashOf(deployment(variables, podLabels)),
      );
    }),
  );
});

const edits: readonly [string, (spec: JsonObject) => JsonObject][] = [
  ['replicas', (spec) => ({ ...spec, replicas: 2 })],
  ['strategy type', (spec) => ({ ...spec, strategy: { type: 'Recreate' } })],
  [
    'maxSurge',
    (spec) => ({
      ...spec,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 1 } },
    }),
  ],
  ['a label', (spec) => withTemplate(spec, { metadata: { labels: { app: 'other' } } })],
  [
    'an annotation',
    (spec) =>
      withTemplate(spec, { metadata: { labels: { app: 'marketplace' }, annotations: { a: 'b' } } }),
  ],
  ...Object.entries({
    name: 'x',
    image: 'x',
    env: [{ name: 'RECOMMENDATIONS_HOST', value: 'x' }],
    ports: [{ containerPort: 5000, protocol: 'UDP' }],
    resources: { limits: { cpu: '1' } },
  }).map(([field, value]): [string, (spec: JsonObject) => JsonObject] => [
    field,
    (spec) => withContainer(spec, { [field]: value }),
  ]),
  [
    'a port name',
    (spec) =>
      withContainer(spec, { ports: [{ name: 'http', containerPort: 5000, protocol: 'TCP' }] }),
  ],
  [
    'a port number',
    (spec) => withContainer(spec, { ports: [{ containerPort: 5001, protocol: 'TCP' }] }),
  ],
  ['a request', (spec) => withContainer(spec, { resources: { requests: { cpu: '1' } } })],
  [
    'a variable more',
    (spec) =>
      withContainer(spec, {
        env: [{ name: 'RECOMMENDATIONS_HOST', value: 'recommendations' }, { name: 'X' }],
      }),
  ],
];

function withTemplate(spec: JsonObject, change: JsonObject): JsonObject {
  return { ...spec, template: { ...marketplace.spec.template, ...change } };
}

function withContainer(spec: JsonObject, change: JsonObject): JsonObject {
  return withTemplate(spec, {
    spec: { containers: [{ ...marketplace.spec.template.spec.containers[0], ...change }] },
  });
}

test.each(edits)('the hash sees a change of %s', (_, edit) => {
  expect(hashOf({ ...marketplace, spec: edit(marketplace.spec) })).not.toBe(hashOf(marketplace));
});

test('sorts by UTF-8 bytes, not by UTF-16 units', () => {
  const text =
    v1Preimage(
      deployment([{ name: '𝒳' }, { name: 'ﬀ' }, { name: 'B' }, { name: 'a' }], { 𝒳: '1', ﬀ: '2' }),
    ) ?? '';
  expect(text.match(/"name":"c[^"]*"/g)).toEqual([
    '"name":"cB"',
    '"name":"ca"',
    '"name":"cﬀ"',
    '"name":"c𝒳"',
  ]);
  expect(text).toContain('"labels":{"ﬀ":"2","𝒳":"1"}');
});

test('trims values of labels, but neither keys nor variables', () => {
  const text = v1Preimage(deployment([{ name: 'A', value: ' a ' }], { ' k ': '\u0085 v ' })) ?? '';
  expect(text).toContain('"labels":{" k ":"v"}');
  expect(text).toContain('"value":" a "');
});

test('refuses what Go could not have decoded', () => {
  expect(() => hashOf(deployment([{ name: '\ud800' }], {}))).toThrow(/lone surrogate/);
  expect(() => hashOf({ ...marketplace, spec: { replicas: '2' } })).toThrow(
    /replicas: must be a whole number/,
  );
});
