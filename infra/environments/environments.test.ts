import { dev } from './dev';
import type { Environment } from './environment';
import { ENVIRONMENT_NAMES, environmentNamed } from './environments';
import { EnvironmentError, parseEnvironment } from './parse-environment';
import { prod } from './prod';

/** A copy of `prod` with one dotted field replaced. */
function prodWith(changes: Readonly<Record<string, unknown>>): unknown {
  const copy: unknown = structuredClone(prod);
  for (const [field, value] of Object.entries(changes)) {
    const keys = field.split('.');
    const last = keys.pop() as string;
    const parent = keys.reduce((part, key) => (part as Record<string, unknown>)[key], copy);
    (parent as Record<string, unknown>)[last] = value;
  }
  return copy;
}

function problemsOf(input: unknown): readonly string[] {
  try {
    parseEnvironment('test', input);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

test.each(ENVIRONMENT_NAMES)('%s is usable', (name) => {
  expect(environmentNamed(name).name).toBe(name);
});

test.each(['', 'stage', 'toString', '__proto__'])('there is no environment %j', (name) => {
  expect(() => environmentNamed(name)).toThrow(/must be dev or prod, got .*--env dev/);
});

test('dev is one cheap control plane, prod three in three zones', () => {
  expect(dev.controlPlane.count).toBe(1);
  expect(dev.network.redundancy).toBe('one-zone');
  expect(prod.controlPlane.count).toBe(3);
  expect(prod.network.zones).toHaveLength(3);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['an even count', { 'controlPlane.count': 2 }, /controlPlane.count must be odd, got 2.*1 or 3/],
  ['no control plane', { 'controlPlane.count': 0 }, /must be from 1 to 7, got 0/],
  ['half a control plane', { 'controlPlane.count': 1.5 }, /whole number.*got 1.5/],
  ['two zones for three', { 'network.zones': ['a', 'b'] }, /at least 3 for 3 .*got 2/],
  ['a zone twice', { 'network.zones': ['a', 'b', 'b'] }, /each zone once, got a, b, b/],
  ['the pods in the VPC', { 'network.vpcCidr': '192.168.0.0/16' }, /overlap kubernetes.podCidr/],
  ['a part of the pods', { 'network.vpcCidr': '192.168.240.0/20' }, /overlap kubernetes.podCidr/],
  ['the services in the VPC', { 'network.vpcCidr': '10.100.0.0/16' }, /kubernetes.serviceCidr/],
  ['pods over services', { 'kubernetes.podCidr': '10.0.0.0/8' }, /podCidr must not overlap/],
  ['admins among the pods', { 'network.adminCidrs': ['192.168.1.0/24'] }, /adminCidrs.0/],
  ['the world as admin', { 'network.adminCidrs': ['0.0.0.0/0'] }, /never open to the world/],
  ['half the world', { 'network.adminCidrs': ['128.0.0.0/1'] }, /narrower, got 128.0.0.0\/1/],
  ['nobody as admin', { 'network.adminCidrs': [] }, /at least one block, got \[\]/],
  ['host bits', { 'network.vpcCidr': '10.50.0.1/16' }, /no bit set behind the prefix/],
  ['a VPC too large', { 'network.vpcCidr': '10.32.0.0/12' }, /from \/16 to \/20/],
  ['newer workers', { 'workers.kubernetesVersion': '1.36.4' }, /must not be newer/],
  [
    'an unknown minor',
    { 'kubernetes.version': '1.37.0' },
    /kubernetes.version must be one of 1.36/,
  ],
  [
    'a version range',
    { 'kubernetes.version': '1.36' },
    /full version such as 1.36.3, .*got "1.36"/,
  ],
  ['a small root', { 'controlPlane.rootGb': 40 }, /controlPlane.rootGb must be at least 46 GiB/],
  ['a small worker root', { 'workers.rootGb': 41 }, /workers.rootGb must be at least 42 GiB/],
  [
    'too many pods',
    { 'kubernetes.podsPerNode': 250, 'workers.rootGb': 50 },
    /container logs 15000/,
  ],
  ['a small etcd volume', { 'controlPlane.etcdGb': 5 }, /controlPlane.etcdGb must be at least 6/],
  [
    'arm on an Intel type',
    { 'machines.architecture': 'arm64' },
    /workers.instanceType must run arm64.*t4g.medium/,
  ],
  ['Intel on an arm type', { 'workers.instanceType': 'm7g.large' }, /such as t3.medium/],
  ['a type kubeadm refuses', { 'controlPlane.instanceType': 't3.small' }, /kubeadm refuses less/],
  ['desired above max', { 'workers.desired': 13 }, /min ≤ desired ≤ max, got 3, 13, 12/],
  ['desired below min', { 'workers.min': 4 }, /got 4, 3, 12/],
  ['plain routing', { 'kubernetes.calico': 'bgp' }, /every port open between nodes/],
  ['a foreign account id', { accountId: '12345' }, /12 digits.*got "12345"/],
  ['an unknown field', { 'controlPlane.diskGb': 3 }, /diskGb/],
  ['short flow logs', { 'network.flowLogRetentionDays': 30 }, /from 365 to 3653 days, got 30/],
  ['a NodePort outside', { 'network.nodePort': 80 }, /from 30000 to 32767, got 80/],
])('%s is refused with what to do', (_name, changes, message) => {
  const problems = problemsOf(prodWith(changes));
  expect(problems.filter((problem) => message.test(problem))).toHaveLength(1);
});

test('every mistake is named at once, also rules between the fields that are well-formed', () => {
  const problems = problemsOf(
    prodWith({
      accountId: 1,
      'controlPlane.count': 4,
      'network.vpcCidr': '10.100.0.0/16',
      'workers.rootGb': 'much',
      'controlPlane.etcdGb': 1,
    }),
  );
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'accountId',
    'workers.rootGb',
    'network.vpcCidr',
    'controlPlane.count',
    'controlPlane.etcdGb',
  ]);
});

test.each([undefined, null, 3, [], {}, { network: null }, { network: { zones: 'abc' } }])(
  '%j is refused without a crash',
  (input) => expect(problemsOf(input).length).toBeGreaterThan(0),
);

test('a cluster of one needs one zone only', () => {
  const single: Environment = { ...dev, network: { ...dev.network, zones: ['a'] } };
  expect(problemsOf(single)).toEqual([]);
});
