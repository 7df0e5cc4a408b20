import type { JsonObject } from '../kubernetes-object';
import type { DefaultRule } from './default-rule';
import { defaultPullPolicy } from './image-pull-policy';

const SOURCE = 'pkg/apis/core/v1/defaults.go';
const GENERATED = 'pkg/apis/core/v1/zz_generated.defaults.go';
const READABLE_BY_ALL = 0o644;
const HOUR_SECONDS = 3600;

const modes: readonly DefaultRule[] = [
  'SecretVolumeSource',
  'ConfigMapVolumeSource',
  'DownwardAPIVolumeSource',
  'ProjectedVolumeSource',
].map((type) => ({
  field: `core.${type}.defaultMode`,
  value: READABLE_BY_ALL,
  source: `${SOURCE} SetDefaults_${type}`,
}));

const generated: readonly (readonly [string, string | boolean])[] = [
  ['ISCSIVolumeSource.iscsiInterface', 'default'],
  ['RBDVolumeSource.pool', 'rbd'],
  ['RBDVolumeSource.user', 'admin'],
  ['RBDVolumeSource.keyring', '/etc/ceph/keyring'],
  ['AzureDiskVolumeSource.cachingMode', 'ReadWrite'],
  ['AzureDiskVolumeSource.fsType', 'ext4'],
  ['AzureDiskVolumeSource.readOnly', false],
  ['AzureDiskVolumeSource.kind', 'Shared'],
  ['ScaleIOVolumeSource.storageMode', 'ThinProvisioned'],
  ['ScaleIOVolumeSource.fsType', 'xfs'],
];

/** Volumes of every type, and claims made from templates. */
export const volumeDefaults: readonly DefaultRule[] = [
  {
    field: 'core.Volume.emptyDir',
    value: {},
    when: (volume) => Object.keys(volume).every((key) => key === 'name'),
    source: `${SOURCE} SetDefaults_Volume`,
  },
  {
    field: 'core.ImageVolumeSource.pullPolicy',
    value: ({ reference }: JsonObject) => defaultPullPolicy(reference),
    source: `${SOURCE} SetDefaults_Volume`,
  },
  {
    field: 'core.HostPathVolumeSource.type',
    value: '',
    source: `${SOURCE} SetDefaults_HostPathVolumeSource`,
  },
  ...modes,
  {
    field: 'core.ServiceAccountTokenProjection.expirationSeconds',
    value: HOUR_SECONDS,
    source: `${SOURCE} SetDefaults_ServiceAccountTokenProjection`,
  },
  ...generated.map(([name, value]) => ({ field: `core.${name}`, value, source: GENERATED })),
  {
    field: 'core.PersistentVolumeClaimSpec.volumeMode',
    value: 'Filesystem',
    source: `${SOURCE} SetDefaults_PersistentVolumeClaimSpec`,
  },
];
