import type { Environment } from './environment';

/** Three control planes in three zones, everything once per zone: loses a zone and goes on. */
export const prod: Environment = {
  name: 'prod',
  accountId: '123456789012',
  region: 'eu-central-1',
  owner: 'platform',
  costCentre: 'marketplace',
  network: {
    vpcCidr: '10.50.0.0/16',
    zones: ['a', 'b', 'c'],
    redundancy: 'per-zone',
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
    wireguard: true,
    podsPerNode: 110,
  },
  machines: { image: 'ubuntu-24.04', architecture: 'amd64', imageCacheGb: 20 },
  controlPlane: { count: 3, instanceType: 'm6i.large', rootGb: 64, etcdGb: 16 },
  workers: {
    kubernetesVersion: '1.36.3',
    instanceType: 'm6i.xlarge',
    min: 3,
    desired: 3,
    max: 12,
    spot: false,
    rootGb: 80,
  },
  runner: {
    instanceType: 't3.medium',
    rootGb: 32,
    count: 1,
  },
  alarmEmail: 'platform@example.com',
  backupRetentionDays: 35,
  backupsSurviveDestroy: true,
};
