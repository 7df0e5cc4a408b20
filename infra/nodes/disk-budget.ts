import { DISK_MAX_PERCENT } from './limits';

/** What one volume must hold, by name, in MiB. */
export interface DiskBudget {
  readonly volumeMib: number;
  readonly parts: Readonly<Record<string, number>>;
}

/** Everything above this share raises the disk alarm; so nothing planned may need it. */
export const MAX_USED_SHARE = DISK_MAX_PERCENT / 100;

const MIB_PER_GIB = 1024;

/**
 * Bounds that the node's own configuration enforces (`infra/nodes/`): the budget and the files
 * are filled from the same numbers, so that neither can promise what the other does not keep.
 */
export const DISK_BOUNDS = {
  /** `SystemMaxUse` of journald. */
  journaldMib: 500,
  /** `--audit-log-maxsize` in MB and `--audit-log-maxbackup`: the minima of CIS 1.2.18 and 1.2.19. */
  auditLogMib: 100,
  auditLogBackups: 10,
  /** `containerLogMaxSize` and `containerLogMaxFiles` of the kubelet. */
  containerLogMib: 10,
  containerLogFiles: 3,
  /** `--quota-backend-bytes` of etcd: its own default and recommendation for small clusters. */
  etcdQuotaMib: 2048,
} as const;

/** Ubuntu 24.04 or Debian 12 with containerd, kubeadm, kubelet and kubectl; measured about 4 GiB. */
const OPERATING_SYSTEM_MIB = 6 * MIB_PER_GIB;
/** Application and one sidecar; pods with more are rarer than pods with fewer. */
const CONTAINERS_PER_POD = 2;
/** etcd keeps five write-ahead files of 64 MiB by default (`--max-wals`) and as many Raft snapshots. */
const ETCD_WAL_MIB = 2 * 5 * 64;

/** What decides about a root volume. */
export interface RootVolume {
  readonly rootGb: number;
  readonly podsPerNode: number;
  readonly imageCacheGb: number;
  readonly isControlPlane: boolean;
}

/** The budget of a node's root volume. A control plane adds its audit log and a snapshot on its way to S3. */
export function rootVolumeBudget(volume: RootVolume): DiskBudget {
  const { journaldMib, auditLogMib, auditLogBackups, etcdQuotaMib } = DISK_BOUNDS;
  const logs = DISK_BOUNDS.containerLogMib * DISK_BOUNDS.containerLogFiles * CONTAINERS_PER_POD;
  return {
    volumeMib: volume.rootGb * MIB_PER_GIB,
    parts: {
      'operating system': OPERATING_SYSTEM_MIB,
      journald: journaldMib,
      'container logs': logs * volume.podsPerNode,
      images: volume.imageCacheGb * MIB_PER_GIB,
      ...(volume.isControlPlane && {
        'audit log': auditLogMib * (auditLogBackups + 1),
        'etcd snapshot': etcdQuotaMib,
      }),
    },
  };
}

/** The budget of the volume under `/var/lib/etcd`: defragmentation writes a second copy of the database. */
export function etcdVolumeBudget(etcdGb: number): DiskBudget {
  return {
    volumeMib: etcdGb * MIB_PER_GIB,
    parts: {
      database: DISK_BOUNDS.etcdQuotaMib,
      'copy while defragmenting': DISK_BOUNDS.etcdQuotaMib,
      'write-ahead log': ETCD_WAL_MIB,
    },
  };
}

/** MiB that all parts of the budget need together. */
export function neededMib({ parts }: DiskBudget): number {
  return Object.values(parts).reduce((sum, part) => sum + part, 0);
}

/** The smallest volume, in whole GiB, on which the parts fit. */
export function smallestVolumeGb(budget: DiskBudget): number {
  return Math.ceil(neededMib(budget) / MAX_USED_SHARE / MIB_PER_GIB);
}

/** Whether the parts take at most {@link MAX_USED_SHARE} of the volume. */
export function fits(budget: DiskBudget): boolean {
  return neededMib(budget) <= budget.volumeMib * MAX_USED_SHARE;
}
