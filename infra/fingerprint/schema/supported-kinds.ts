import { refuse } from '../refusal';

const GROUPS: Readonly<Record<string, string>> = {
  'apps/v1': 'apps',
  'autoscaling/v2': 'autoscaling',
  'batch/v1': 'batch',
  'networking.k8s.io/v1': 'networking',
  'policy/v1': 'policy',
  'rbac.authorization.k8s.io/v1': 'rbac',
  v1: 'core',
};

const KINDS: Readonly<Record<string, readonly string[]>> = {
  apps: ['DaemonSet', 'Deployment', 'StatefulSet'],
  autoscaling: ['HorizontalPodAutoscaler'],
  batch: ['CronJob', 'Job'],
  core: ['ConfigMap', 'Secret', 'Service', 'ServiceAccount'],
  networking: ['Ingress', 'NetworkPolicy'],
  policy: ['PodDisruptionBudget'],
  rbac: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
};

/** Every kind that can be fingerprinted, as `{ apiVersion, kind }`. */
export const supportedKinds: readonly { readonly apiVersion: string; readonly kind: string }[] =
  Object.entries(GROUPS).flatMap(([apiVersion, group]) =>
    (KINDS[group] ?? []).map((kind) => ({ apiVersion, kind })),
  );

/** The name of an object's type in gen/types.ts, or `undefined` when its kind is not supported. */
export function typeOf(apiVersion: unknown, kind: unknown): string | undefined {
  const group = GROUPS[String(apiVersion)];
  return group && KINDS[group]?.includes(String(kind)) ? `${group}.${kind}` : undefined;
}

/**
 * As {@link typeOf}, for callers that cannot go on without.
 * @throws Refusal `unsupported-kind`
 */
export function requireType(apiVersion: unknown, kind: unknown): string {
  const known = supportedKinds.map((entry) => `${entry.apiVersion} ${entry.kind}`).join(', ');
  return (
    typeOf(apiVersion, kind) ??
    refuse(
      'unsupported-kind',
      'kind',
      `must be one of ${known}; got ${apiVersion} ${kind}; leave this object without a stamp or use the supported apiVersion`,
    )
  );
}
