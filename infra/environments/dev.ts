import type { Environment } from './environment';

/** One control plane, one NAT gateway, spot workers: small and cheap, loses a zone and is down. */
export const dev: Environment = {
  name: 'dev',
  accountId: '123456789012',
  region: 'eu-central-1',
  owner: 'platform',
  costCentre: 'engineering',
  network: {
    vpcCidr: '10.40.0.0/16',
    zones: ['a', 'b'],
    redundancy: 'one-zone',
    flowLogRetentionDays: 365,
    adminCidrs: ['10.8.0.0/24'],
    nodePort: 31_184,
    nodePortCidrs: ['10.8.0.0/24'],
  },
  kubernetes: {
    version: '1.36.3',
    podCidr: '192.168.0.0/16',
    serviceCidr: '10.96.0.0/12',
    calico: 'vxlan',
    wireguard: false,
    podsPerNode: 60,
  },
  machines: { image: 'ubuntu-24.04', architecture: 'amd64', imageCacheGb: 10 },
  controlPlane: { count: 1, instanceType: 't3.medium', rootGb: 32, etcdGb: 8 },
  workers: {
    kubernetesVersion: '1.36.3',
    instanceType: 't3.large',
    min: 1,
    desired: 2,
    max: 4,
    spot: true,
    rootGb: 32,
  },
  runner: {
    instanceType: 't3.medium',
    rootGb: 32,
    count: 1,
  },
  alarmEmail: 'platform@example.com',
  backupRetentionDays: 7,
  backupsSurviveDestroy: false,
};
