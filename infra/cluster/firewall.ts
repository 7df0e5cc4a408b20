import type { Environment } from '../environments/environment';

/** Who a rule is about: the members of one security group. */
export type Group = 'control-plane' | 'worker' | 'load-balancer' | 'runner';

/** One permitted flow from one source to one group. */
export interface FirewallRule {
  /** Stable: `api-server-from-worker`. */
  readonly id: string;
  readonly to: Group;
  /** Another group, or an IPv4 block. */
  readonly from: { readonly group: Group } | { readonly cidr: string };
  /** `tcp`, `udp` or the IANA number of a protocol without ports. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** Who talks to whom, in words. */
  readonly description: string;
}

interface Flow {
  readonly name: string;
  readonly protocol: string;
  readonly ports?: readonly [number, number];
  readonly from: readonly Source[];
  readonly to: readonly Group[];
}

interface Source {
  /** Part of the rule's id. */
  readonly name: string;
  readonly from: FirewallRule['from'];
}

const group = (name: Group): Source => ({ name, from: { group: name } });
const blocks = (name: string, cidrs: readonly string[]): readonly Source[] =>
  cidrs.map((cidr) => ({ name: `${name}-${cidr.replace(/[./]/g, '-')}`, from: { cidr } }));
const port = (number: number): [number, number] => [number, number];

const NODE_GROUPS = ['control-plane', 'worker'] as const;
const NODES = NODE_GROUPS.map(group);

/** Ports of Kubernetes ("Ports and Protocols") and of Calico 3.33 ("System requirements"). */
const PORTS = {
  apiServer: port(6443),
  etcd: [2379, 2380],
  kubelet: port(10250),
  bgp: port(179),
  vxlan: port(4789),
  typha: port(5473),
  wireguard: port(51820),
} as const;
/** IANA protocol number of IP in IP. */
const IP_IN_IP = '4';

function apiServerFlows({ network }: Environment): readonly Flow[] {
  const clients = [...NODES, ...blocks('admin', network.adminCidrs)];
  const apiServer = { name: 'api-server', protocol: 'tcp', ports: PORTS.apiServer };
  return [
    { ...apiServer, from: [...clients, group('load-balancer')], to: ['control-plane'] },
    // The first half of the way through the load balancer, which has a security group of its own.
    { ...apiServer, from: [...clients, group('runner')], to: ['load-balancer'] },
  ];
}

function calicoFlows({ kubernetes }: Environment): readonly Flow[] {
  const between = { from: NODES, to: NODE_GROUPS };
  const isIpip = kubernetes.calico === 'ipip';
  const flows: readonly (Flow | false)[] = [
    // IP in IP carries the packets, BGP tells the routes.
    isIpip && { name: 'bgp', protocol: 'tcp', ports: PORTS.bgp, ...between },
    isIpip && { name: 'ip-in-ip', protocol: IP_IN_IP, ...between },
    !isIpip && { name: 'vxlan', protocol: 'udp', ports: PORTS.vxlan, ...between },
    // The operator may put Typha on any node.
    { name: 'typha', protocol: 'tcp', ports: PORTS.typha, ...between },
    kubernetes.wireguard && {
      name: 'wireguard',
      protocol: 'udp',
      ports: PORTS.wireguard,
      ...between,
    },
  ];
  return flows.filter((flow) => flow !== false);
}

function flowsOf(environment: Environment): readonly Flow[] {
  const { nodePort, nodePortCidrs } = environment.network;
  return [
    ...apiServerFlows(environment),
    {
      name: 'etcd',
      protocol: 'tcp',
      ports: PORTS.etcd,
      from: [group('control-plane')],
      to: ['control-plane'],
    },
    // Workers too: metrics-server runs there and asks every kubelet.
    { name: 'kubelet', protocol: 'tcp', ports: PORTS.kubelet, from: NODES, to: NODE_GROUPS },
    {
      name: 'node-port',
      protocol: 'tcp',
      ports: port(nodePort),
      from: blocks('visitor', nodePortCidrs),
      to: ['worker'],
    },
    ...calicoFlows(environment),
  ];
}

/** Every flow that is let in, and no other. There is no SSH: Session Manager needs no open port. */
export function firewallRules(environment: Environment): readonly FirewallRule[] {
  return flowsOf(environment).flatMap(({ name, protocol, ports, from, to }) =>
    to.flatMap((target) =>
      from.map((source) => ({
        id: `${name}-from-${source.name}`,
        to: target,
        from: source.from,
        protocol,
        ...(ports && { fromPort: ports[0], toPort: ports[1] }),
        description: `${name}: ${'group' in source.from ? source.from.group : source.from.cidr} to ${target}`,
      })),
    ),
  );
}
