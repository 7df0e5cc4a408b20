import { overlaps, parseCidr } from '../network/cidr';
import { VPC_PREFIXES } from '../network/subnet-plan';
import type { Environment } from './environment';
import type { Rule } from './rules';

interface Block {
  readonly field: string;
  readonly cidr: string;
}

const blocks = ({ network, kubernetes }: Environment) => ({
  vpc: { field: 'network.vpcCidr', cidr: network.vpcCidr },
  pods: { field: 'kubernetes.podCidr', cidr: kubernetes.podCidr },
  services: { field: 'kubernetes.serviceCidr', cidr: kubernetes.serviceCidr },
  admins: network.adminCidrs.map((cidr, index) => ({ field: `network.adminCidrs.${index}`, cidr })),
});

function overlapProblems(block: Block, others: readonly Block[]): readonly string[] {
  const own = parseCidr(block.cidr);
  return others.flatMap(({ field, cidr }) => {
    const other = parseCidr(cidr);
    if (!own || !other || !overlaps(own, other)) return [];
    return `${block.field} must not overlap ${field} ${cidr}, got ${block.cidr}: packets for one would go to the other; choose another block`;
  });
}

const CLUSTER_BLOCKS = ['kubernetes.podCidr', 'kubernetes.serviceCidr'];

/** Rules about who has which addresses and who may come from where. */
export const addressRules: readonly Rule[] = [
  {
    reads: ['network.vpcCidr', ...CLUSTER_BLOCKS],
    problems(environment) {
      const { vpc, pods, services } = blocks(environment);
      return [...overlapProblems(vpc, [pods, services]), ...overlapProblems(pods, [services])];
    },
  },
  {
    reads: ['network.adminCidrs', ...CLUSTER_BLOCKS],
    problems(environment) {
      const { admins, pods, services } = blocks(environment);
      return admins.flatMap((admin) => overlapProblems(admin, [pods, services]));
    },
  },
  {
    reads: ['network.adminCidrs'],
    problems: (environment) =>
      blocks(environment).admins.flatMap(({ field, cidr }) =>
        (parseCidr(cidr)?.prefix ?? 0) < MIN_ADMIN_PREFIX
          ? `${field} must be /${MIN_ADMIN_PREFIX} or narrower, got ${cidr}: the API server is never open to the world; name the VPN or office range, or use pnpm kubeconfig, which needs none`
          : [],
      ),
  },
  {
    reads: ['network.vpcCidr'],
    problems({ network: { vpcCidr } }) {
      const prefix = parseCidr(vpcCidr)?.prefix ?? 0;
      const { min, max } = VPC_PREFIXES;
      return prefix >= min && prefix <= max
        ? []
        : [
            `network.vpcCidr must be from /${min} to /${max}, got ${vpcCidr}: AWS allows no larger VPC, and the subnets need room`,
          ];
    },
  },
  {
    reads: ['network.zones'],
    problems: ({ network: { zones } }) =>
      new Set(zones).size === zones.length
        ? []
        : [`network.zones must name each zone once, got ${zones.join(', ')}`],
  },
];

/** Half the world is the world: two /1 blocks are 0.0.0.0/0. A /8 is the largest private range. */
const MIN_ADMIN_PREFIX = 8;
