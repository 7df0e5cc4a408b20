const GATED: ReadonlyMap<string, string> = new Map([
  ['apps.RollingUpdateStatefulSetStrategy.maxUnavailable', 'MaxUnavailableStatefulSet'],
  ['core.Lifecycle.stopSignal', 'ContainerStopSignals'],
  ['core.PodSpec.schedulingGroup', 'GenericWorkload'],
  ['core.VolumeProjection.clusterTrustBundle', 'ClusterTrustBundleProjection'],
  ['core.VolumeProjection.podCertificate', 'PodCertificateRequest'],
]);

/**
 * The feature gate without which the API server silently drops a field, if it is off by default in
 * Kubernetes 1.36: a statement about such a field could not hold.
 * @param field `type.field`, for example `core.Lifecycle.stopSignal`.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/api/pod/util.go dropDisabledFields
 */
export function gateOf(field: string): string | undefined {
  return GATED.get(field);
}
