import type { JsonObject } from '../kubernetes-object';
import { Refusal } from '../refusal';
import { intend } from '../stamp/intend';
import { normaliseStruct } from './normalise';

const deployment = (container: JsonObject, pod: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: {
    template: { spec: { ...pod, containers: [{ name: 'web', image: 'i:1', ...container }] } },
  },
});

function problemsOf(object: JsonObject): readonly string[] {
  try {
    intend(object);
  } catch (error) {
    if (error instanceof Refusal)
      return error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`);
  }
  return [];
}

const AT = 'spec.template.spec.containers[name=web]';

test.each<[string, JsonObject]>([
  [
    `odd-quantity ${AT}.resources.limits.cpu: must be spelled "1500m", got "1.500", which the API server keeps as it is; write 1500m`,
    { resources: { limits: { cpu: '1.500' } } },
  ],
  [
    `invalid-quantity ${AT}.resources.limits.cpu: must be a quantity below 1000E, got "x"; write a number with a suffix, for example 500m or 1Gi`,
    { resources: { limits: { cpu: 'x' } } },
  ],
  [
    `wrong-type ${AT}.ports: must be a list, got {"containerPort":80}; put it into a list of one`,
    { ports: { containerPort: 80 } },
  ],
  [
    `wrong-type ${AT}.ports[containerPort=80].hostPort: must be a whole number, got "81"; write it without quotes or fraction`,
    { ports: [{ containerPort: 80, hostPort: '81' }] },
  ],
  [
    `wrong-type ${AT}.env[name=A].value: must be a string, got 5; quote it`,
    { env: [{ name: 'A', value: 5 }] },
  ],
  [
    `wrong-type ${AT}.tty: must be true or false, got "yes"; write it without quotes`,
    { tty: 'yes' },
  ],
  [
    `wrong-type ${AT}.resources.limits: must be a map, got "1"; give keys and values`,
    { resources: { limits: '1' } },
  ],
  [`wrong-type ${AT}.lifecycle: must be an object, got []; give its fields`, { lifecycle: [] }],
  [
    `unknown-field ${AT}.mountPath: is no field of core.Container in Kubernetes 1.36, which has name, image, command`,
    { mountPath: '/' },
  ],
  [
    `gated-field ${AT}.lifecycle.stopSignal: is dropped by Kubernetes 1.36, whose feature gate ContainerStopSignals is off by default; remove it`,
    { lifecycle: { stopSignal: 'SIGTERM' } },
  ],
  [
    `unresolved-token ${AT}.image: must be known, got the unresolved token "\${TfToken[TOKEN.7]}"; pass an expression in its place`,
    { image: `\${TfToken[TOKEN.7]}` },
  ],
  [
    `ill-formed-text ${AT}.args[0]: must be valid UTF-16, got a lone surrogate U+D800 at index 1; remove it or write the whole character`,
    { args: ['a\ud800'] },
  ],
  [
    `ambiguous-order ${AT}.env: must not have two elements with name A, got two`,
    { env: [{ name: 'A' }, { name: 'A', value: 'b' }] },
  ],
  [
    `ambiguous-order ${AT}.ports: must not have two elements with containerPort 53 and no name, got two`,
    { ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] },
  ],
])('refuses with %s', (problem, container) => {
  const problems = problemsOf(deployment(container));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

test('takes what differs enough for the hash', () => {
  const ports = [
    { containerPort: 53, name: 'tcp' },
    { containerPort: 53, name: 'udp', protocol: 'UDP' },
    { containerPort: 80, hostIP: '10.0.0.1' },
    { containerPort: 80, hostIP: '10.0.0.2' },
  ];
  expect(problemsOf(deployment({ ports }))).toEqual([]);
});

test('reports every problem at once', () => {
  const object = deployment(
    { tty: 1, resources: { limits: { cpu: '+1', memory: 'x' } }, nope: 1 },
    { hostPID: 'x' },
  );
  expect(problemsOf(object).map((problem) => problem.split(' ')[0])).toEqual(
    expect.arrayContaining(['wrong-type', 'odd-quantity', 'invalid-quantity', 'unknown-field']),
  );
  expect(problemsOf(object)).toHaveLength(5);
});

test('a Secret that is not base64 is refused without its value', () => {
  const [problem] = problemsOf({
    apiVersion: 'v1',
    kind: 'Secret',
    data: { password: 'hunter2!' },
  });
  expect(problem).toContain('wrong-type data.password: must be base64');
  expect(problem).not.toContain('hunter2');
});

test.each([
  ['NodePort', {}, 1],
  ['LoadBalancer', {}, 1],
  ['LoadBalancer', { allocateLoadBalancerNodePorts: false }, 0],
  ['ClusterIP', {}, 0],
])('a %s Service %j without a pinned port has %i problems', (type, spec, count) => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    spec: { type, ports: [{ port: 80 }], ...spec },
  };
  const problems = problemsOf(service);
  expect(problems).toHaveLength(count);
  if (count)
    expect(problems[0]).toContain('unpinned-node-port spec.ports[port=80,protocol=TCP].nodePort');
});

test('refuses a kind it has no rules for', () => {
  expect(problemsOf({ apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler' })[0]).toMatch(
    /^unsupported-kind kind: must be one of apps\/v1 DaemonSet, .*; got autoscaling\/v1 HorizontalPodAutoscaler; /,
  );
});

test('keeps a zero behind a pointer and drops one that is not', () => {
  const normalised = normaliseStruct(
    'core.PodSpec',
    {
      hostPID: false,
      automountServiceAccountToken: false,
      activeDeadlineSeconds: 0,
      priorityClassName: '',
      nodeSelector: {},
      volumes: [],
    },
    undefined,
    {},
  );
  expect(normalised).toMatchObject({
    automountServiceAccountToken: false,
    activeDeadlineSeconds: 0,
  });
  expect(Object.keys(normalised as object)).not.toEqual(expect.arrayContaining(['hostPID']));
  for (const gone of ['hostPID', 'priorityClassName', 'nodeSelector', 'volumes'])
    expect(normalised).not.toHaveProperty(gone);
});

test('keeps keys that JavaScript gives a meaning', () => {
  const data = JSON.parse('{"__proto__":"a","constructor":"b"}');
  const normalised = normaliseStruct('core.ConfigMap', { data }, undefined, {}) as { data: object };
  expect(Object.entries(normalised.data)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});

test('a live object refuses nothing', () => {
  const live = {
    resources: { limits: { cpu: '1.500', memory: 'x' } },
    tty: 'yes',
    future: { a: 1 },
  };
  expect(normaliseStruct('core.Container', live, undefined, {})).toMatchObject({
    resources: { limits: { cpu: '1500m', memory: 'x' } },
    tty: 'yes',
    future: { a: 1 },
  });
});
