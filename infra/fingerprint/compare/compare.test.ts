import fc from 'fast-check';
import { parseBaseline, renderBaseline } from '../baseline/baseline';
import { normaliseStruct } from '../canonical/normalise';
import type { JsonObject, JsonValue } from '../kubernetes-object';
import { requireType } from '../schema/supported-kinds';
import { intend } from '../stamp/intend';
import { arbitraryManifest } from '../testing/arbitrary-manifest';
import { changeOneField } from '../testing/change-one-field';
import { type Comparison, compare } from './compare';

function compared(
  intended: JsonObject,
  live: JsonObject,
  ignore: readonly string[] = [],
): Comparison {
  return compare(parseBaseline(renderBaseline(intend(intended, ignore))), live);
}

/** Each finding as one line: `+` added, `-` removed, `~` changed. */
function lines(
  intended: JsonObject,
  live: JsonObject,
  ignore: readonly string[] = [],
): readonly string[] {
  const sign = { added: '+', removed: '-', changed: '~' };
  return compared(intended, live, ignore).findings.map(
    ({ kind, field }) => `${sign[kind]} ${field}`,
  );
}

/** What an API server would answer: defaults, nulls, status and bookkeeping. */
function stored(manifest: JsonObject): JsonObject {
  const { apiVersion, kind } = manifest;
  const object = normaliseStruct(requireType(apiVersion, kind), manifest, undefined, {});
  const { metadata, ...content } = object as { metadata: JsonObject };
  const annotations = { ...(metadata.annotations as JsonObject), foreign: 'x' };
  const bookkeeping = { uid: 'u', creationTimestamp: null, managedFields: [{}], annotations };
  const status = { observedGeneration: 1 };
  return { ...content, metadata: { ...metadata, ...bookkeeping }, status };
}

test('an object that only gained defaults has no finding', () => {
  fc.assert(
    fc.property(arbitraryManifest, (manifest) => {
      expect(compared(manifest, stored(manifest)).findings).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('every single change is found as exactly that field', () => {
  fc.assert(
    fc.property(arbitraryManifest, fc.infiniteStream(fc.nat()), (manifest, dice) => {
      const change = changeOneField(stored(manifest), dice);
      fc.pre(change !== undefined);
      if (change)
        expect(lines(manifest, change.live)).toEqual([expect.stringMatching(change.line)]);
    }),
    { numRuns: 600 },
  );
});

const container = {
  name: 'web',
  image: 'web:1',
  env: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
  ports: [{ containerPort: 80 }],
  args: ['a', 'b', 'c'],
};
const pod = {
  containers: [container],
  initContainers: [
    { name: 'one', image: 'i:1' },
    { name: 'two', image: 'i:1' },
  ],
};
const deployment = (
  { more = [], ...change }: JsonObject = {},
  first: JsonObject = {},
  spec: JsonObject = {},
): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { team: 'shop' }, annotations: { 'example.com/owner': 'a' } },
  spec: {
    template: {
      spec: {
        ...pod,
        ...change,
        containers: [{ ...container, ...first }, ...(more as JsonValue[])],
      },
    },
    ...spec,
  },
});
const C = 'spec.template.spec.containers[name=web]';
const P = 'spec.template.spec';

test.each<[string, JsonObject, readonly string[]]>([
  ['an image', deployment({}, { image: 'web:2' }), [`~ ${C}.image`]],
  [
    'an image that implies another pull policy',
    deployment({}, { image: 'web:latest' }),
    [`~ ${C}.image`],
  ],
  ['replicas', deployment({}, {}, { replicas: 3 }), ['~ spec.replicas']],
  [
    'a strategy whose limits go with it',
    deployment({}, {}, { strategy: { type: 'Recreate' } }),
    ['~ spec.strategy.type'],
  ],
  [
    'a variable more',
    deployment({}, { env: [...container.env, { name: 'C', value: '3' }] }),
    [`+ ${C}.env[name=C]`],
  ],
  [
    'a variable less',
    deployment({}, { env: [container.env[0] as JsonObject] }),
    [`- ${C}.env[name=B]`],
  ],
  [
    'a variable renamed',
    deployment({}, { env: [container.env[0] as JsonObject, { name: 'Z', value: '2' }] }),
    [`~ ${C}.env[name=B].name`],
  ],
  [
    'a variable replaced',
    deployment({}, { env: [container.env[0] as JsonObject, { name: 'Z', value: '9' }] }),
    [`- ${C}.env[name=B]`, `+ ${C}.env[name=Z]`],
  ],
  ['variables in another order', deployment({}, { env: [...container.env].reverse() }), []],
  ['a container renamed', deployment({}, { name: 'other' }), [`~ ${C}.name`]],
  [
    'a protocol',
    deployment({}, { ports: [{ containerPort: 80, protocol: 'UDP' }] }),
    [`~ ${C}.ports[containerPort=80,protocol=TCP].protocol`],
  ],
  ['an argument', deployment({}, { args: ['a', 'x', 'c'] }), [`~ ${C}.args[1]`]],
  ['an argument in between', deployment({}, { args: ['a', 'x', 'b', 'c'] }), [`+ ${C}.args[1]`]],
  ['an argument less', deployment({}, { args: ['b', 'c'] }), [`- ${C}.args[0]`]],
  [
    'arguments in another order',
    deployment({}, { args: ['a', 'c', 'b'] }),
    [`~ ${C}.args[1]`, `~ ${C}.args[2]`],
  ],
  [
    'a probe',
    deployment({}, { livenessProbe: { exec: { command: ['x'] } } }),
    [`+ ${C}.livenessProbe`],
  ],
  [
    'one setting in a context that was not there',
    deployment({}, { securityContext: { privileged: true } }),
    [`+ ${C}.securityContext.privileged`],
  ],
  [
    'an empty context that was not there',
    deployment({}, { securityContext: {} }),
    [`+ ${C}.securityContext`],
  ],
  ['host network', deployment({ hostNetwork: true }), [`+ ${P}.hostNetwork`]],
  [
    'false where nothing was said',
    deployment({ automountServiceAccountToken: false }),
    [`+ ${P}.automountServiceAccountToken`],
  ],
  [
    'init containers in another order',
    deployment({ initContainers: [...pod.initContainers].reverse() }),
    [`~ ${P}.initContainers`],
  ],
  [
    'an init container less',
    deployment({ initContainers: [pod.initContainers[1] as JsonObject] }),
    [`- ${P}.initContainers[name=one]`],
  ],
  ['a field that is not known', deployment({ fromTheFuture: { a: 1 } }), [`+ ${P}.fromTheFuture`]],
  [
    'a service account by its old name',
    deployment({ serviceAccount: 'x' }),
    [`+ ${P}.serviceAccountName`],
  ],
  [
    'a node selector',
    deployment({ nodeSelector: { 'a.b/c': 'd' } }),
    [`+ ${P}.nodeSelector["a.b/c"]`],
  ],
  ['all arguments gone', deployment({}, { args: [] }), [`- ${C}.args`]],
  ['all variables gone', deployment({}, { env: null }), [`- ${C}.env`]],
  [
    'limits that were not there',
    deployment({}, { resources: { limits: { cpu: '1', memory: '1Gi' } } }),
    [`+ ${C}.resources.limits`],
  ],
  [
    'one limit that was not there',
    deployment({}, { resources: { limits: { cpu: '1' } } }),
    [`+ ${C}.resources.limits.cpu`],
  ],
])('finds %s', (_, live, findings) => {
  expect(lines(deployment(), stored(live))).toEqual(findings);
});

test('a sidecar is one finding with what was found', () => {
  const sidecar = { name: 'side', image: 'evil:1', args: ['x'.repeat(2000)] };
  const { findings } = compared(deployment(), stored(deployment({ more: [sidecar] })));
  expect(findings).toEqual([
    {
      field: 'spec.template.spec.containers[name=side]',
      kind: 'added',
      found: expect.objectContaining({
        name: 'side',
        image: 'evil:1',
        args: [{ $bytes: 2000, $sha256: expect.any(String) }],
      }),
    },
  ]);
});

test('the order of variables counts where one refers to another', () => {
  const env = [
    { name: 'A', value: '1' },
    { name: 'B', value: 'x$(A)' },
  ];
  const reversed = [...env].reverse();
  expect(lines(deployment({}, { env }), stored(deployment({}, { env: reversed })))).toEqual([
    `~ ${C}.env`,
  ]);
});

test('the same key twice is told apart by a count', () => {
  const stateful = (env: readonly JsonObject[]): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    spec: { template: { spec: { containers: [{ name: 'web', image: 'i', env }] } } },
  });
  const intended = stateful([
    { name: 'A', value: '1' },
    { name: 'A', value: '2' },
  ]);
  expect(
    lines(
      intended,
      stateful([
        { name: 'A', value: '1' },
        { name: 'A', value: '3' },
      ]),
    ),
  ).toEqual([`~ ${C}.env[name=A][1].value`]);
});

test('quantities are compared by value, also those the server keeps as they are', () => {
  const intended = deployment({}, { resources: { limits: { cpu: '1.5' } } });
  expect(lines(intended, deployment({}, { resources: { limits: { cpu: '1.500' } } }))).toEqual([]);
  expect(lines(intended, deployment({}, { resources: { limits: { cpu: '1501m' } } }))).toEqual([
    `~ ${C}.resources.limits.cpu`,
  ]);
});

test('int-or-string keeps its type', () => {
  const service = (targetPort: JsonValue): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    spec: { ports: [{ port: 80, targetPort }] },
  });
  expect(lines(service(81), service('81'))).toEqual([
    '~ spec.ports[port=80,protocol=TCP].targetPort',
  ]);
});

describe('metadata', () => {
  const live = (labels: JsonObject, annotations: JsonObject): JsonObject => ({
    ...stored(deployment()),
    metadata: { labels, annotations },
  });

  test('must have what was stated and may have more', () => {
    expect(
      lines(
        deployment(),
        live({ team: 'shop', foreign: 'x' }, { 'example.com/owner': 'a', constructor: 'x' }),
      ),
    ).toEqual([]);
    expect(lines(deployment(), live({ team: 'other' }, {}))).toEqual([
      '- metadata.annotations["example.com/owner"]',
      '~ metadata.labels.team',
    ]);
  });

  test('a stated label called constructor is missed when it goes', () => {
    const intended = { ...deployment(), metadata: { labels: { constructor: 'x' } } };
    expect(lines(intended, live({}, {}))).toEqual(['- metadata.labels.constructor']);
  });

  test('states nothing about what tools write', () => {
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'deployment.kubernetes.io/revision': '1',
      'tfdrift.jin.dev/spec-hash': 'x',
    };
    const intended = {
      ...deployment(),
      metadata: { labels: { 'tfdrift.jin.dev/enabled': 'true' }, annotations },
    };
    expect(lines(intended, live({}, {}))).toEqual([]);
  });
});

describe('kubectl rollout restart', () => {
  const template = (annotations: JsonObject): JsonObject => ({
    metadata: { annotations },
    spec: pod,
  });
  const at = '2026-01-31T12:00:00Z';
  const restarted = (annotations: JsonObject): JsonObject =>
    deployment(
      {},
      {},
      { template: template({ 'kubectl.kubernetes.io/restartedAt': at, ...annotations }) },
    );

  test('is reported as a restart and is no drift', () => {
    expect(compared(deployment(), stored(restarted({})))).toEqual({
      findings: [],
      restart: { at },
    });
  });

  test('does not hide another annotation', () => {
    expect(lines(deployment(), stored(restarted({ other: 'x' })))).toEqual([
      '+ spec.template.metadata.annotations.other',
    ]);
  });

  test('is silent where the author wrote it', () => {
    expect(compared(restarted({}), stored(restarted({})))).toEqual({ findings: [] });
  });
});

describe('ignore', () => {
  test('leaves out a field and what is below it', () => {
    expect(
      lines(deployment(), stored(deployment({}, {}, { replicas: 7 })), ['spec.replicas']),
    ).toEqual([]);
    expect(
      lines(deployment(), stored(deployment({}, { image: 'x:1', tty: true })), [`${C}.image`]),
    ).toEqual([`+ ${C}.tty`]);
    expect(
      lines(
        deployment(),
        stored(deployment({}, { securityContext: { privileged: true, runAsUser: 0 } })),
        [`${C}.securityContext.privileged`],
      ),
    ).toEqual([`+ ${C}.securityContext.runAsUser`]);
  });

  test('may name an element that another controller adds', () => {
    const live = stored(deployment({ more: [{ name: 'istio-proxy', image: 'p:1' }] }));
    expect(lines(deployment(), live, ['spec.template.spec.containers[name=istio-proxy]'])).toEqual(
      [],
    );
  });

  test('can be given by the caller too', () => {
    const baseline = intend(deployment());
    const live = stored(deployment({}, {}, { replicas: 7 }));
    expect(compare(baseline, live, { ignore: ['spec.replicas'] }).findings).toEqual([]);
  });
});

describe('what the server fills in without being told', () => {
  const service = (spec: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    spec: { selector: { a: 'b' }, ports: [{ port: 80 }], ...spec },
  });
  const allocated = {
    clusterIP: '10.96.0.7',
    clusterIPs: ['10.96.0.7'],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  };

  test('a Service may be given its addresses', () => {
    expect(lines(service({}), service(allocated))).toEqual([]);
    expect(lines(service({ clusterIP: '10.96.0.8' }), service(allocated))).toEqual([
      '~ spec.clusterIP',
    ]);
    expect(
      lines(service({}), service({ ...allocated, ipFamilyPolicy: 'PreferDualStack' })),
    ).toEqual(['~ spec.ipFamilyPolicy']);
  });

  test('a Service of another type is one finding, with what the server allocates or releases for it', () => {
    const nodePort = { type: 'NodePort', ports: [{ port: 80, nodePort: 31184 }] };
    expect(lines(service(nodePort), service(allocated))).toEqual(['~ spec.type']);
    expect(lines(service({}), service({ ...nodePort, ...allocated }))).toEqual(['~ spec.type']);
    expect(
      lines(
        service(nodePort),
        service({ ...nodePort, ports: [{ port: 80, nodePort: 31185 }], ...allocated }),
      ),
    ).toEqual(['~ spec.ports[port=80,protocol=TCP].nodePort']);
    expect(
      lines(
        service({ clusterIP: '10.96.0.7' }),
        service({ type: 'ExternalName', externalName: 'x' }),
      ),
    ).toEqual(['+ spec.externalName', '~ spec.type']);
  });

  const job = (spec: JsonObject, labels?: JsonObject): JsonObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      ...spec,
      template: {
        ...(labels && { metadata: { labels } }),
        spec: { containers: [{ name: 'c', image: 'i' }] },
      },
    },
  });
  const uid = {
    'batch.kubernetes.io/controller-uid': 'u',
    'controller-uid': 'u',
    'batch.kubernetes.io/job-name': 'j',
    'job-name': 'j',
  };
  const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u' } };

  test('a Job may be given its selector and labels', () => {
    expect(lines(job({}), job({ selector }, uid))).toEqual([]);
    expect(lines(job({ selector: {} }), job({ selector }, uid))).toEqual([]);
    expect(lines(job({}, { a: 'b' }), job({ selector }, { ...uid, a: 'b', evil: 'x' }))).toEqual([
      '+ spec.template.metadata.labels.evil',
    ]);
    expect(lines(job({}), job({ selector: { matchLabels: { app: 'x' } } }, uid))).toEqual([
      '+ spec.selector.matchLabels.app',
    ]);
  });

  test('a Job with a selector of its own is given no labels', () => {
    const own = { manualSelector: true, selector: { matchLabels: { a: 'b' } } };
    expect(lines(job(own, { a: 'b' }), job(own, { a: 'b', 'job-name': 'j' }))).toEqual([
      '+ spec.template.metadata.labels.job-name',
    ]);
  });
});

test('lists that Kubernetes reads as sets have no order', () => {
  const role = (verbs: readonly string[]): JsonObject => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    rules: [
      { apiGroups: [''], resources: ['pods'], verbs },
      { nonResourceURLs: ['/x'], verbs: ['get'] },
    ],
  });
  const live = role(['list', 'get']);
  expect(
    lines(role(['get', 'list']), { ...live, rules: [...(live.rules as JsonValue[])].reverse() }),
  ).toEqual([]);
  expect(lines(role(['get', 'list']), role(['list', 'get', '*']))).toEqual([
    '+ rules[0].verbs["*"]',
  ]);
  expect(lines(role(['get', 'list']), role(['get', 'watch']))).toEqual([
    '~ rules[0].verbs["list"]',
  ]);
});

test('an element beside a long value still pairs with itself', () => {
  const policy = (values: readonly string[]): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'x' },
    secrets: values.map((name) => ({ name })),
  });
  const long = 'x'.repeat(2000);
  expect(lines(policy([long, 'b']), policy(['c', long, 'b']))).toHaveLength(1);
  expect(
    lines(deployment({}, { args: [long, 'b'] }), deployment({}, { args: ['new', long, 'b'] })),
  ).toEqual([`+ ${C}.args[0]`]);
});

test('findings are sorted by field and show both sides', () => {
  const { findings } = compared(
    deployment(),
    stored(deployment({ hostPID: true }, { image: 'web:2' }, { paused: true })),
  );
  expect(findings).toEqual([
    { field: 'spec.paused', kind: 'added', found: true },
    { field: `${C}.image`, kind: 'changed', expected: 'web:1', found: 'web:2' },
    { field: 'spec.template.spec.hostPID', kind: 'added', found: true },
  ]);
});
