import { type MachineRole, workerGroupName } from '../cluster/node-permissions';
import type { Environment } from '../environments/environment';
import { namesOf } from '../environments/names';
import { DISK_BOUNDS } from './disk-budget';
import { BACKUP_INTERVAL_MINUTES, CERTIFICATE_MIN_DAYS, DISK_MAX_PERCENT } from './limits';
import type { TemplateValues } from './template';

const BYTES_PER_MIB = 1024 * 1024;

/** Forward secrecy and authenticated encryption only; TLS 1.3 chooses its own. Source: CIS 4.2.12. */
const TLS_CIPHER_SUITES = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
];

const START_SCRIPTS: Readonly<Record<MachineRole, string>> = {
  'control-plane': 'start-control-plane.sh',
  worker: 'join-worker.sh',
  runner: 'start-runner.sh',
};

/** What fills the placeholders of `config/` and `units/` on a machine of that role. */
export function nodeValues(role: MachineRole, environment: Environment): TemplateValues {
  const names = namesOf(environment);
  const { kubernetes, network, workers } = environment;
  return {
    role,
    startScript: START_SCRIPTS[role],
    region: environment.region,
    cluster: names.cluster,
    apiHost: names.apiHost,
    kubernetesVersion: role === 'worker' ? workers.kubernetesVersion : kubernetes.version,
    podCidr: kubernetes.podCidr,
    serviceCidr: kubernetes.serviceCidr,
    vpcCidr: network.vpcCidr,
    podsPerNode: String(kubernetes.podsPerNode),
    workerParameter: names.parameters.worker,
    controlPlaneParameter: names.parameters.controlPlane,
    runnerParameter: names.parameters.runner,
    initLockParameter: names.parameters.initLock,
    keyAlias: names.clusterKeyAlias,
    backupBucket: names.backupBucket,
    metricNamespace: names.metricNamespace,
    workerGroup: workerGroupName(environment),
    tlsCipherSuites: TLS_CIPHER_SUITES.join(','),
    ...boundValues(),
  };
}

/** The limits that the disk budget counts on. */
function boundValues(): TemplateValues {
  return {
    journaldMib: String(DISK_BOUNDS.journaldMib),
    auditLogMib: String(DISK_BOUNDS.auditLogMib),
    auditLogBackups: String(DISK_BOUNDS.auditLogBackups),
    containerLogMib: String(DISK_BOUNDS.containerLogMib),
    containerLogFiles: String(DISK_BOUNDS.containerLogFiles),
    etcdQuotaBytes: String(DISK_BOUNDS.etcdQuotaMib * BYTES_PER_MIB),
    diskMaxPercent: String(DISK_MAX_PERCENT),
    certificateMinDays: String(CERTIFICATE_MIN_DAYS),
    backupIntervalMinutes: String(BACKUP_INTERVAL_MINUTES),
  };
}
