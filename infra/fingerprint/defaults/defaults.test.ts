import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliseStruct } from '../canonical/normalise';
import type { JsonObject } from '../kubernetes-object';
import { fieldsOf, type Shape } from '../schema/shape';
import { defaultRules } from './defaults';

function shapeAt(rule: string): Shape | undefined {
  const [group, type, ...path] = rule.split('.');
  let shape: Shape | undefined = { kind: 'struct', type: `${group}.${type}`, isPointer: false };
  for (const name of path)
    shape = shape?.kind === 'struct' ? fieldsOf(shape.type).get(name) : undefined;
  return shape;
}

test.each(defaultRules)('$field is a field of Kubernetes', ({ field }) => {
  expect(shapeAt(field)).toBeDefined();
});

test('no field has two rules', () => {
  const fields = defaultRules.map(({ field }) => field);
  expect(new Set(fields).size).toBe(fields.length);
});

function defaulted(type: string, value: JsonObject): unknown {
  return normaliseStruct(type, value, undefined, {});
}

test.each<[string, JsonObject, JsonObject]>([
  [
    'apps.DeploymentStrategy',
    {},
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  ],
  ['apps.DeploymentStrategy', { type: 'Recreate' }, { type: 'Recreate' }],
  [
    'apps.DeploymentStrategy',
    { rollingUpdate: { maxSurge: 0 } },
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } },
  ],
  [
    'apps.DaemonSetUpdateStrategy',
    {},
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
  ],
  [
    'apps.StatefulSetUpdateStrategy',
    {},
    { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: 1 } },
  ],
  ['apps.StatefulSetUpdateStrategy', { type: 'RollingUpdate' }, { type: 'RollingUpdate' }],
  ['core.Volume', { name: 'v' }, { name: 'v', emptyDir: {} }],
  ['core.Volume', { name: 'v', emptyDir: null }, { name: 'v', emptyDir: {} }],
  [
    'core.Volume',
    { name: 'v', hostPath: { path: '/' } },
    { name: 'v', hostPath: { path: '/', type: '' } },
  ],
  ['core.ServiceAccountTokenProjection', { path: 't' }, { path: 't', expirationSeconds: 3600 }],
  ['core.ServicePort', { port: 80 }, { port: 80, protocol: 'TCP', targetPort: 80 }],
  ['core.ServicePort', { port: 80, targetPort: 0 }, { port: 80, protocol: 'TCP', targetPort: 80 }],
  ['core.ServicePort', { port: 80, targetPort: '' }, { port: 80, protocol: 'TCP', targetPort: 80 }],
  ['core.GRPCAction', { port: 1 }, { port: 1, service: '' }],
  [
    'core.Probe',
    { periodSeconds: 0 },
    { failureThreshold: 3, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 },
  ],
  [
    'core.PodSpec',
    { serviceAccount: 'a', containers: null },
    {
      serviceAccountName: 'a',
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    },
  ],
  [
    'core.PodTemplateSpec',
    { metadata: { annotations: { 'pod.beta.kubernetes.io/init-containers': '[]', a: 'b' } } },
    { metadata: { annotations: { a: 'b' } }, spec: expect.anything() },
  ],
  [
    'core.PersistentVolumeClaim',
    { kind: 'X', apiVersion: 'y', status: {}, metadata: { name: 'd' } },
    { metadata: { name: 'd' }, spec: { volumeMode: 'Filesystem' } },
  ],
  [
    'networking.NetworkPolicySpec',
    { egress: [{}] },
    { egress: [{}], policyTypes: ['Ingress', 'Egress'] },
  ],
  ['networking.NetworkPolicySpec', { egress: [] }, { policyTypes: ['Ingress'] }],
  [
    'rbac.Subject',
    { kind: 'User', name: 'u' },
    { kind: 'User', name: 'u', apiGroup: 'rbac.authorization.k8s.io' },
  ],
  ['rbac.Subject', { kind: 'ServiceAccount', name: 'u' }, { kind: 'ServiceAccount', name: 'u' }],
  [
    'core.ServiceAccount',
    { secrets: [{ name: 's', kind: 'Secret' }, {}] },
    { secrets: [{ name: 's' }, {}] },
  ],
  [
    'core.ServiceSpec',
    { type: 'ExternalName', internalTrafficPolicy: 'Local' },
    { type: 'ExternalName', sessionAffinity: 'None' },
  ],
  ['batch.JobSpec', {}, { template: expect.anything() }],
  ['core.ObjectFieldSelector', { fieldPath: 'a' }, { fieldPath: 'a', apiVersion: 'v1' }],
  [
    'core.ResourceFieldSelector',
    { resource: 'limits.cpu', divisor: '0' },
    { resource: 'limits.cpu' },
  ],
  [
    'core.Secret',
    { data: { a: 'AA==', b: 'AA==' }, stringData: { a: 'é' } },
    { type: 'Opaque', data: { a: 'w6k=', b: 'AA==' } },
  ],
])('%s %j is stored as %j', (type, value, stored) => {
  expect(defaulted(type, value)).toEqual(stored);
});

test.each<[JsonObject, JsonObject]>([
  [
    {},
    {
      completions: 1,
      parallelism: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      podReplacementPolicy: 'TerminatingOrFailed',
      manualSelector: false,
    },
  ],
  [{ parallelism: 2 }, { parallelism: 2 }],
  [{ completions: 2 }, { completions: 2, parallelism: 1 }],
  [{ backoffLimitPerIndex: 1 }, { backoffLimit: 2147483647 }],
  [{ podFailurePolicy: { rules: [] } }, { podReplacementPolicy: 'Failed' }],
])('a Job %j gets %j', (spec, stored) => {
  const { template: _, ...rest } = (defaulted('batch.Job', { spec }) as { spec: JsonObject }).spec;
  expect(rest).toMatchObject(stored);
  expect('completions' in rest).toBe('completions' in spec || !('parallelism' in spec));
});

test.each<[JsonObject, JsonObject]>([
  [
    {},
    {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
    },
  ],
  [
    { type: 'NodePort' },
    {
      type: 'NodePort',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      externalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
    },
  ],
  [
    { type: 'LoadBalancer' },
    {
      type: 'LoadBalancer',
      allocateLoadBalancerNodePorts: true,
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      externalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
    },
  ],
  [
    { type: 'ExternalName', externalName: 'a' },
    { type: 'ExternalName', externalName: 'a', sessionAffinity: 'None' },
  ],
  [
    { clusterIP: 'None' },
    {
      type: 'ClusterIP',
      clusterIP: 'None',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'RequireDualStack',
    },
  ],
  [
    { externalIPs: ['1.1.1.1'] },
    {
      type: 'ClusterIP',
      externalIPs: ['1.1.1.1'],
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      externalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
    },
  ],
  [
    { sessionAffinity: 'ClientIP' },
    {
      type: 'ClusterIP',
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
    },
  ],
  [
    { sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } },
    {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
    },
  ],
])('a Service %j is stored as %j', (spec, stored) => {
  expect(defaulted('core.ServiceSpec', spec)).toEqual(stored);
});

test('an HPA gets a metric, and scaling rules only with a behavior', () => {
  const type = 'autoscaling.HorizontalPodAutoscalerSpec';
  expect(defaulted(type, {})).toEqual({
    minReplicas: 1,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ],
  });
  expect(defaulted(type, { behavior: { scaleDown: { selectPolicy: 'Min' } } })).toMatchObject({
    behavior: {
      scaleDown: {
        selectPolicy: 'Min',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
      scaleUp: {
        selectPolicy: 'Max',
        stabilizationWindowSeconds: 0,
        policies: [
          { type: 'Pods', value: 4 },
          { type: 'Percent', value: 100 },
        ],
      },
    },
  });
});

test('what a Terraform provider sent becomes what an API server stored', () => {
  const read = (name: string): JsonObject =>
    JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'provider', name), 'utf8'));
  const { spec: sent } = defaulted('apps.Deployment', read('deployment.sent.json')) as JsonObject;
  const { spec: live } = defaulted('apps.Deployment', read('deployment.live.json')) as JsonObject;
  expect(sent).toEqual(live);
});
