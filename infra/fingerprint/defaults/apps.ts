import type { JsonObject } from '../kubernetes-object';
import type { Adjustment, DefaultRule } from './default-rule';

const SOURCE = 'pkg/apis/apps/v1/defaults.go';
const DEPLOYMENT = `${SOURCE} SetDefaults_Deployment`;
const STATEFUL_SET = `${SOURCE} SetDefaults_StatefulSet`;
const DAEMON_SET = `${SOURCE} SetDefaults_DaemonSet`;

const isRollingUpdate = ({ type }: JsonObject): boolean => type === 'RollingUpdate';

const deployment: readonly DefaultRule[] = [
  { field: 'apps.DeploymentSpec.replicas', value: 1, source: DEPLOYMENT },
  { field: 'apps.DeploymentSpec.revisionHistoryLimit', value: 10, source: DEPLOYMENT },
  { field: 'apps.DeploymentSpec.progressDeadlineSeconds', value: 600, source: DEPLOYMENT },
  { field: 'apps.DeploymentStrategy.type', value: 'RollingUpdate', source: DEPLOYMENT },
  {
    field: 'apps.DeploymentStrategy.rollingUpdate',
    value: {},
    when: isRollingUpdate,
    source: DEPLOYMENT,
  },
  { field: 'apps.RollingUpdateDeployment.maxUnavailable', value: '25%', source: DEPLOYMENT },
  { field: 'apps.RollingUpdateDeployment.maxSurge', value: '25%', source: DEPLOYMENT },
];

const daemonSet: readonly DefaultRule[] = [
  { field: 'apps.DaemonSetSpec.revisionHistoryLimit', value: 10, source: DAEMON_SET },
  { field: 'apps.DaemonSetUpdateStrategy.type', value: 'RollingUpdate', source: DAEMON_SET },
  {
    field: 'apps.DaemonSetUpdateStrategy.rollingUpdate',
    value: {},
    when: isRollingUpdate,
    source: DAEMON_SET,
  },
  { field: 'apps.RollingUpdateDaemonSet.maxUnavailable', value: 1, source: DAEMON_SET },
  { field: 'apps.RollingUpdateDaemonSet.maxSurge', value: 0, source: DAEMON_SET },
];

const retention = 'apps.StatefulSetPersistentVolumeClaimRetentionPolicy';

const statefulSet: readonly DefaultRule[] = [
  { field: 'apps.StatefulSetSpec.replicas', value: 1, source: STATEFUL_SET },
  { field: 'apps.StatefulSetSpec.revisionHistoryLimit', value: 10, source: STATEFUL_SET },
  {
    field: 'apps.StatefulSetSpec.podManagementPolicy',
    value: 'OrderedReady',
    source: STATEFUL_SET,
  },
  {
    field: 'apps.StatefulSetSpec.persistentVolumeClaimRetentionPolicy',
    value: {},
    source: STATEFUL_SET,
  },
  { field: `${retention}.whenDeleted`, value: 'Retain', source: STATEFUL_SET },
  { field: `${retention}.whenScaled`, value: 'Retain', source: STATEFUL_SET },
  {
    // Only a strategy without a type gets its rollingUpdate filled in, so this stands before `type`.
    field: 'apps.StatefulSetUpdateStrategy.rollingUpdate',
    value: {},
    when: ({ type }) => type === undefined,
    source: STATEFUL_SET,
  },
  { field: 'apps.StatefulSetUpdateStrategy.type', value: 'RollingUpdate', source: STATEFUL_SET },
  {
    // Filled in only where the gate MaxUnavailableStatefulSet is on; means the same where it is off.
    field: 'apps.RollingUpdateStatefulSetStrategy.maxUnavailable',
    value: 1,
    source: STATEFUL_SET,
  },
  { field: 'apps.RollingUpdateStatefulSetStrategy.partition', value: 0, source: STATEFUL_SET },
];

/** Deployments, DaemonSets and StatefulSets. */
export const appsDefaults: readonly DefaultRule[] = [...deployment, ...daemonSet, ...statefulSet];

/** What the server overwrites although the author wrote it. */
export const appsAdjustments: readonly Adjustment[] = [
  {
    // A claim template always reads `v1` and `PersistentVolumeClaim`, so neither says anything.
    type: 'core.PersistentVolumeClaim',
    adjust: ({ apiVersion, kind, ...template }) => template,
    source: 'pkg/apis/apps/v1/conversion.go Convert_apps_StatefulSetSpec_To_v1_StatefulSetSpec',
  },
];
