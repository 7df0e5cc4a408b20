import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { type Adjustment, type DefaultRule, isEmptyCollection } from './default-rule';

const SERVICE = 'pkg/apis/core/v1/defaults.go SetDefaults_Service';
const ALLOCATION = 'pkg/registry/core/service/storage/alloc.go';
const AFFINITY_SECONDS = 10800;

/** Services. What the server allocates, such as a cluster IP, is not a default: see ../compare/allocated.ts. */
export const serviceDefaults: readonly DefaultRule[] = [
  { field: 'core.ServiceSpec.sessionAffinity', value: 'None', source: SERVICE },
  {
    field: 'core.ServiceSpec.sessionAffinityConfig',
    value: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } },
    when: ({ sessionAffinity }) => sessionAffinity === 'ClientIP',
    source: SERVICE,
  },
  { field: 'core.ServiceSpec.type', value: 'ClusterIP', source: SERVICE },
  { field: 'core.ServicePort.protocol', value: 'TCP', source: SERVICE },
  { field: 'core.ServicePort.targetPort', value: ({ port }: JsonObject) => port, source: SERVICE },
  {
    field: 'core.ServiceSpec.externalTrafficPolicy',
    value: 'Cluster',
    when: isExternallyAccessible,
    source: `${SERVICE}, pkg/api/v1/service/util.go ExternallyAccessible`,
  },
  {
    field: 'core.ServiceSpec.internalTrafficPolicy',
    value: 'Cluster',
    when: ({ type }) => type !== 'ExternalName',
    source: SERVICE,
  },
  {
    field: 'core.ServiceSpec.allocateLoadBalancerNodePorts',
    value: true,
    when: ({ type }) => type === 'LoadBalancer',
    source: SERVICE,
  },
  {
    field: 'core.ServiceSpec.ipFamilyPolicy',
    value: ({ clusterIP, selector }: JsonObject) =>
      clusterIP === 'None' && isEmptyCollection(selector) ? 'RequireDualStack' : 'SingleStack',
    when: ({ type }) => type !== 'ExternalName',
    source: `${ALLOCATION} initIPFamilyFields`,
  },
];

/** What the server drops or completes although the author wrote it. */
export const serviceAdjustments: readonly Adjustment[] = [
  {
    type: 'core.ServiceSpec',
    adjust: (spec) => withoutInternalTraffic(settleAffinity(spec)),
    source: `${SERVICE}, pkg/registry/core/service/storage/storage.go defaultOnReadInternalTrafficPolicy`,
  },
];

function withoutInternalTraffic({ internalTrafficPolicy, ...spec }: JsonObject): JsonObject {
  const isDropped = internalTrafficPolicy === undefined || spec.type === 'ExternalName';
  return isDropped ? spec : { ...spec, internalTrafficPolicy };
}

function settleAffinity({ sessionAffinityConfig, ...spec }: JsonObject): JsonObject {
  return hasTimeout(sessionAffinityConfig) && spec.sessionAffinity === 'ClientIP'
    ? { ...spec, sessionAffinityConfig }
    : spec;
}

function hasTimeout(config: JsonValue | undefined): boolean {
  const clientIP = isJsonObject(config) ? config.clientIP : undefined;
  return isJsonObject(clientIP) && typeof clientIP.timeoutSeconds === 'number';
}

function isExternallyAccessible({ type, externalIPs }: JsonObject): boolean {
  return (
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    (type === 'ClusterIP' && !isEmptyCollection(externalIPs))
  );
}
