import type { JsonObject } from '../kubernetes-object';
import type { DefaultRule } from './default-rule';
import { defaultPullPolicy } from './image-pull-policy';

const SOURCE = 'pkg/apis/core/v1/defaults.go';
const GENERATED = 'pkg/apis/core/v1/zz_generated.defaults.go';

/** Containers, init containers and ephemeral containers, their probes, ports and variables. */
export const containerDefaults: readonly DefaultRule[] = [
  ...['core.Container', 'core.EphemeralContainer'].flatMap((type): readonly DefaultRule[] => [
    {
      field: `${type}.imagePullPolicy`,
      value: ({ image }: JsonObject) => defaultPullPolicy(image),
      source: `${SOURCE} SetDefaults_Container`,
    },
    {
      field: `${type}.terminationMessagePath`,
      value: '/dev/termination-log',
      source: `${SOURCE} SetDefaults_Container`,
    },
    {
      field: `${type}.terminationMessagePolicy`,
      value: 'File',
      source: `${SOURCE} SetDefaults_Container`,
    },
  ]),
  { field: 'core.ContainerPort.protocol', value: 'TCP', source: GENERATED },
  {
    field: 'core.ObjectFieldSelector.apiVersion',
    value: 'v1',
    source: `${SOURCE} SetDefaults_ObjectFieldSelector`,
  },
  { field: 'core.FileKeySelector.optional', value: false, source: GENERATED },
  { field: 'core.Probe.timeoutSeconds', value: 1, source: `${SOURCE} SetDefaults_Probe` },
  { field: 'core.Probe.periodSeconds', value: 10, source: `${SOURCE} SetDefaults_Probe` },
  { field: 'core.Probe.successThreshold', value: 1, source: `${SOURCE} SetDefaults_Probe` },
  { field: 'core.Probe.failureThreshold', value: 3, source: `${SOURCE} SetDefaults_Probe` },
  { field: 'core.HTTPGetAction.path', value: '/', source: `${SOURCE} SetDefaults_HTTPGetAction` },
  {
    field: 'core.HTTPGetAction.scheme',
    value: 'HTTP',
    source: `${SOURCE} SetDefaults_HTTPGetAction`,
  },
  { field: 'core.GRPCAction.service', value: '', source: GENERATED },
];
