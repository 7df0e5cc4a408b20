import { dev } from '../environments/dev';
import type { Environment } from '../environments/environment';
import { prod } from '../environments/prod';
import { type Attributes, resourcesOf, synthesizedStacks } from '../testing/synthesized';

/**
 * The firewall as people agreed on it, written down a second time: protocol and ports, from, to.
 * Sources: Kubernetes "Ports and Protocols", Calico 3.33 "System requirements".
 */
const ALWAYS = [
  'tcp 6443 worker > control-plane',
  'tcp 6443 control-plane > control-plane',
  'tcp 6443 10.8.0.0/24 > control-plane',
  'tcp 6443 load-balancer > control-plane',
  'tcp 2379-2380 control-plane > control-plane',
  'tcp 10250 control-plane > control-plane',
  'tcp 10250 control-plane > worker',
  'tcp 10250 worker > control-plane',
  'tcp 10250 worker > worker',
  'tcp 31184 10.8.0.0/24 > worker',
  'tcp 5473 control-plane > control-plane',
  'tcp 5473 control-plane > worker',
  'tcp 5473 worker > control-plane',
  'tcp 5473 worker > worker',
];
const VXLAN = [
  'udp 4789 control-plane > control-plane',
  'udp 4789 control-plane > worker',
  'udp 4789 worker > control-plane',
  'udp 4789 worker > worker',
];
const IPIP = [
  'tcp 179 control-plane > control-plane',
  'tcp 179 control-plane > worker',
  'tcp 179 worker > control-plane',
  'tcp 179 worker > worker',
  '4 all control-plane > control-plane',
  '4 all control-plane > worker',
  '4 all worker > control-plane',
  '4 all worker > worker',
];
const WIREGUARD = [
  'udp 51820 control-plane > control-plane',
  'udp 51820 control-plane > worker',
  'udp 51820 worker > control-plane',
  'udp 51820 worker > worker',
];
/** The clients of the API server on their way through its load balancer. */
const BALANCER = [
  'tcp 6443 worker > load-balancer',
  'tcp 6443 control-plane > load-balancer',
  'tcp 6443 runner > load-balancer',
  'tcp 6443 10.8.0.0/24 > load-balancer',
];

const withCalico = (calico: 'vxlan' | 'ipip', wireguard: boolean): Environment => ({
  ...prod,
  kubernetes: { ...prod.kubernetes, calico, wireguard },
});

function ports({ from_port, to_port }: Attributes): string {
  if (from_port === undefined) return 'all';
  return from_port === to_port ? String(from_port) : `${from_port}-${to_port}`;
}

/** `tcp 6443 worker > control-plane`; groups are told by the name of the security group itself. */
function flowsOf(environment: Environment): readonly string[] {
  const { cluster } = synthesizedStacks(environment);
  const groups = new Map(
    Object.entries(cluster?.resource.aws_security_group ?? {}).map(([id, { name }]) => [
      `\${aws_security_group.${id}.id}`,
      String(name).replace(`driftless-${environment.name}-`, ''),
    ]),
  );
  return resourcesOf(cluster, 'aws_vpc_security_group_ingress_rule').map((rule) => {
    const from = rule.cidr_ipv4 ?? groups.get(String(rule.referenced_security_group_id));
    return `${rule.ip_protocol} ${ports(rule)} ${from} > ${groups.get(String(rule.security_group_id))}`;
  });
}

test.each<[string, Environment, readonly string[]]>([
  ['dev', dev, VXLAN],
  ['prod', prod, [...VXLAN, ...WIREGUARD]],
  ['vxlan', withCalico('vxlan', false), VXLAN],
  ['ipip', withCalico('ipip', false), IPIP],
  ['ipip with wireguard', withCalico('ipip', true), [...IPIP, ...WIREGUARD]],
])('exactly the flows of the table are let in: %s', (_name, environment, calico) => {
  expect(flowsOf(environment).toSorted()).toEqual([...ALWAYS, ...calico, ...BALANCER].toSorted());
});

test('a second admin block and no visitor change exactly their rules', () => {
  const network = {
    ...prod.network,
    adminCidrs: ['10.8.0.0/24', '10.9.0.0/24'],
    nodePortCidrs: [],
  };
  const before = new Set(flowsOf(prod));
  const after = new Set(flowsOf({ ...prod, network }));
  expect([...after].filter((flow) => !before.has(flow)).toSorted()).toEqual([
    'tcp 6443 10.9.0.0/24 > control-plane',
    'tcp 6443 10.9.0.0/24 > load-balancer',
  ]);
  expect([...before].filter((flow) => !after.has(flow))).toEqual([
    'tcp 31184 10.8.0.0/24 > worker',
  ]);
});

test('no security group has rules of its own, and every rule says who talks to whom', () => {
  const { cluster } = synthesizedStacks(prod);
  for (const group of resourcesOf(cluster, 'aws_security_group')) {
    expect(group).not.toHaveProperty('ingress');
    expect(group).not.toHaveProperty('egress');
  }
  for (const direction of ['ingress', 'egress']) {
    for (const rule of resourcesOf(cluster, `aws_vpc_security_group_${direction}_rule`)) {
      expect(rule.description).toMatch(/^[a-z0-9-]+: \S+ to /);
    }
  }
});

test('what is let in from a group is let out there, and outside only the web is reached', () => {
  const { cluster } = synthesizedStacks(prod);
  const side = (direction: string, own: string, other: string) =>
    resourcesOf(cluster, `aws_vpc_security_group_${direction}_rule`)
      .filter((rule) => rule.referenced_security_group_id)
      .map((rule) => `${rule.ip_protocol} ${ports(rule)} ${rule[own]} ${rule[other]}`)
      .toSorted();
  const [to, from] = ['security_group_id', 'referenced_security_group_id'];
  expect(side('egress', from as string, to as string)).toEqual(
    side('ingress', to as string, from as string),
  );
  const outside = resourcesOf(cluster, 'aws_vpc_security_group_egress_rule').filter(
    ({ cidr_ipv4 }) => cidr_ipv4,
  );
  expect(new Set(outside.map(ports))).toEqual(new Set(['80', '443']));
});
