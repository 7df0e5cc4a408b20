import type { Environment } from './environment';

/**
 * Names that are known before anything exists: they stand in user data, policies and backends,
 * where a value that Terraform learns only while applying could not.
 */
export interface Names {
  /** Prefix of everything, also the cluster's name: `driftless-dev`. */
  readonly cluster: string;
  readonly stateBucket: string;
  readonly stateLogBucket: string;
  readonly lockTable: string;
  /** KMS aliases, with `alias/`. */
  readonly stateKeyAlias: string;
  readonly networkKeyAlias: string;
  readonly clusterKeyAlias: string;
  /** Snapshots of etcd. */
  readonly backupBucket: string;
  readonly backupLogBucket: string;
  /** Private DNS zone and the API server's name in it. */
  readonly zone: string;
  readonly apiHost: string;
  /** SSM parameters: what a worker, a control plane and the runner may read. */
  readonly parameters: {
    readonly worker: string;
    readonly controlPlane: string;
    readonly runner: string;
    /** Held by the one control plane that creates the cluster. */
    readonly initLock: string;
  };
  /** CloudWatch namespace of the nodes' own metrics. */
  readonly metricNamespace: string;
}

/** All names of an environment. Buckets carry the account, since their names are global. */
export function namesOf({ name, accountId }: Environment): Names {
  const cluster = `driftless-${name}`;
  const zone = `${name}.driftless.internal`;
  const parameter = (leaf: string) => `/driftless/${name}/${leaf}`;
  return {
    cluster,
    stateBucket: `${cluster}-state-${accountId}`,
    stateLogBucket: `${cluster}-state-log-${accountId}`,
    lockTable: `${cluster}-state-lock`,
    stateKeyAlias: `alias/${cluster}-state`,
    networkKeyAlias: `alias/${cluster}-network`,
    clusterKeyAlias: `alias/${cluster}-cluster`,
    backupBucket: `${cluster}-etcd-${accountId}`,
    backupLogBucket: `${cluster}-etcd-log-${accountId}`,
    zone,
    apiHost: `api.${zone}`,
    parameters: {
      worker: parameter('join/worker'),
      controlPlane: parameter('join/control-plane'),
      runner: parameter('runner/kubeconfig'),
      initLock: parameter('init-lock'),
    },
    metricNamespace: `Driftless/${name}`,
  };
}
