import {
  type DiskBudget,
  etcdVolumeBudget,
  fits,
  MAX_USED_SHARE,
  neededMib,
  rootVolumeBudget,
  smallestVolumeGb,
} from '../nodes/disk-budget';
import type { Environment } from './environment';
import { compareVersions, MAX_KUBELET_SKEW, minorOf, SUPPORTED_MINORS } from './kubernetes-version';
import type { Rule } from './rules';

function diskProblems(field: string, budget: DiskBudget): readonly string[] {
  if (fits(budget)) return [];
  const parts = Object.entries(budget.parts).map(([name, mib]) => `${name} ${mib}`);
  return [
    `${field} must be at least ${smallestVolumeGb(budget)} GiB, got ${budget.volumeMib / 1024}: ${parts.join(' + ')} = ${neededMib(budget)} MiB may fill ${MAX_USED_SHARE * 100} % of it at most; enlarge it, or lower machines.imageCacheGb or kubernetes.podsPerNode`,
  ];
}

function rootBudget(environment: Environment, role: 'controlPlane' | 'workers'): DiskBudget {
  return rootVolumeBudget({
    rootGb: environment[role].rootGb,
    podsPerNode: environment.kubernetes.podsPerNode,
    imageCacheGb: environment.machines.imageCacheGb,
    isControlPlane: role === 'controlPlane',
  });
}

const rootDiskRule = (role: 'controlPlane' | 'workers'): Rule => ({
  reads: [`${role}.rootGb`, 'kubernetes.podsPerNode', 'machines.imageCacheGb'],
  problems: (environment) => diskProblems(`${role}.rootGb`, rootBudget(environment, role)),
});

/** Graviton families end their generation with a g: t4g, m7g, c6gn. */
const isGraviton = (instanceType: string): boolean => /^[a-z]+\dg/.test(instanceType);

const architectureRule = (role: 'controlPlane' | 'workers' | 'runner'): Rule => ({
  reads: [`${role}.instanceType`, 'machines.architecture'],
  problems({ machines: { architecture }, [role]: { instanceType } }) {
    if (isGraviton(instanceType) === (architecture === 'arm64')) return [];
    return [
      `${role}.instanceType must run ${architecture} (machines.architecture), got ${instanceType}: choose a type ${architecture === 'arm64' ? 'with a g after its generation, such as t4g.medium' : 'without a g after its generation, such as t3.medium'}`,
    ];
  },
});

const supportedVersionRule = (
  field: string,
  versionIn: (environment: Environment) => string,
): Rule => ({
  reads: [field],
  problems(environment) {
    const version = versionIn(environment);
    return SUPPORTED_MINORS.includes(minorOf(version))
      ? []
      : [
          `${field} must be one of 1.${SUPPORTED_MINORS.join(', 1.')}, got ${version}: infra/nodes is proven for those only`,
        ];
  },
});

/** With fewer, some zone holds half of the etcd members or more. */
const QUORUM_ZONES = 3;

/** Rules about how many machines there are, what runs on them and whether it fits. */
export const machineRules: readonly Rule[] = [
  {
    reads: ['controlPlane.count'],
    problems: ({ controlPlane: { count } }) =>
      count % 2 === 1
        ? []
        : [
            `controlPlane.count must be odd, got ${count}: etcd survives no more failures with ${count} members than with ${count - 1}; choose ${count - 1} or ${count + 1}`,
          ],
  },
  {
    reads: ['controlPlane.count', 'network.zones'],
    problems: ({ controlPlane: { count }, network: { zones } }) =>
      count === 1 || zones.length >= QUORUM_ZONES
        ? []
        : [
            `network.zones must be at least ${QUORUM_ZONES} for ${count} control planes, got ${zones.length}: the loss of one of two zones stops etcd; add zones`,
          ],
  },
  {
    reads: ['kubernetes.version', 'workers.kubernetesVersion'],
    problems({ kubernetes: { version }, workers: { kubernetesVersion } }) {
      const skew = minorOf(version) - minorOf(kubernetesVersion);
      const isFine = compareVersions(kubernetesVersion, version) <= 0 && skew <= MAX_KUBELET_SKEW;
      return isFine
        ? []
        : [
            `workers.kubernetesVersion must not be newer than kubernetes.version ${version} and at most ${MAX_KUBELET_SKEW} minor versions older, got ${kubernetesVersion}: upgrade control planes first, then workers`,
          ];
    },
  },
  supportedVersionRule('kubernetes.version', ({ kubernetes }) => kubernetes.version),
  supportedVersionRule('workers.kubernetesVersion', ({ workers }) => workers.kubernetesVersion),
  {
    reads: ['workers.min', 'workers.desired', 'workers.max'],
    problems({ workers: { min, desired, max } }) {
      return min <= desired && desired <= max
        ? []
        : [
            `workers must keep min ≤ desired ≤ max, got ${min}, ${desired}, ${max}: the auto-scaling group would refuse it`,
          ];
    },
  },
  ...(['controlPlane', 'workers', 'runner'] as const).map(architectureRule),
  rootDiskRule('controlPlane'),
  rootDiskRule('workers'),
  {
    reads: ['controlPlane.etcdGb'],
    problems: ({ controlPlane: { etcdGb } }) =>
      diskProblems('controlPlane.etcdGb', etcdVolumeBudget(etcdGb)),
  },
];
