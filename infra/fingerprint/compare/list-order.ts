import { isJsonObject, type JsonValue } from '../kubernetes-object';
import type { ListShape } from '../schema/shape';

const WITHOUT_ORDER = new Set([
  'autoscaling.HPAScalingRules.policies',
  'autoscaling.HorizontalPodAutoscalerSpec.metrics',
  'core.Capabilities.add',
  'core.Capabilities.drop',
  'core.NodeAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  'core.NodeSelector.nodeSelectorTerms',
  'core.NodeSelectorRequirement.values',
  'core.NodeSelectorTerm.matchExpressions',
  'core.NodeSelectorTerm.matchFields',
  'core.PersistentVolumeClaimSpec.accessModes',
  'core.PodAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  'core.PodAffinity.requiredDuringSchedulingIgnoredDuringExecution',
  'core.PodAffinityTerm.matchLabelKeys',
  'core.PodAffinityTerm.mismatchLabelKeys',
  'core.PodAffinityTerm.namespaces',
  'core.PodAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  'core.PodAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution',
  'core.PodSecurityContext.supplementalGroups',
  'core.PodSecurityContext.sysctls',
  'core.PodSpec.tolerations',
  'core.ServiceSpec.externalIPs',
  'core.ServiceSpec.loadBalancerSourceRanges',
  'core.TopologySpreadConstraint.matchLabelKeys',
  'meta.LabelSelector.matchExpressions',
  'meta.LabelSelectorRequirement.values',
  'networking.IPBlock.except',
  'networking.IngressSpec.tls',
  'networking.IngressTLS.hosts',
  'networking.NetworkPolicyEgressRule.ports',
  'networking.NetworkPolicyEgressRule.to',
  'networking.NetworkPolicyIngressRule.from',
  'networking.NetworkPolicyIngressRule.ports',
  'networking.NetworkPolicySpec.egress',
  'networking.NetworkPolicySpec.ingress',
  'networking.NetworkPolicySpec.policyTypes',
  'rbac.AggregationRule.clusterRoleSelectors',
  'rbac.ClusterRole.rules',
  'rbac.ClusterRoleBinding.subjects',
  'rbac.PolicyRule.apiGroups',
  'rbac.PolicyRule.nonResourceURLs',
  'rbac.PolicyRule.resourceNames',
  'rbac.PolicyRule.resources',
  'rbac.PolicyRule.verbs',
  'rbac.Role.rules',
  'rbac.RoleBinding.subjects',
]);

/**
 * Whether the order of a list says nothing: OpenAPI calls most of these atomic, but Kubernetes
 * reads each as a set. Lists that OpenAPI itself calls a set are not named here.
 * @param place `type.field`, for example `rbac.PolicyRule.verbs`.
 */
export function isWithoutOrder(place: string): boolean {
  return WITHOUT_ORDER.has(place);
}

/** The keys of a list's elements, in the order stated and in the order found. */
export interface LostOrder {
  readonly expected: readonly JsonValue[];
  readonly found: readonly JsonValue[];
}

/**
 * The order of a list that pairs by key, where it differs and says something all the same: init
 * containers run one after the other, and `$(NAME)` in a variable sees only the variables before it.
 * Where elements came or went, those are the finding and `undefined` is returned.
 */
export function lostOrder(
  place: string,
  { keys }: ListShape,
  expected: readonly JsonValue[],
  found: readonly JsonValue[],
): LostOrder | undefined {
  if (expected.length !== found.length || !hasMeaningfulOrder(place, expected)) return undefined;
  const order = { expected: namesOf(keys, expected), found: namesOf(keys, found) };
  const isSame = order.expected.every((name, i) => name === order.found[i]);
  const areAllThere = order.expected.every((name) => order.found.includes(name));
  return isSame || !areAllThere ? undefined : order;
}

function hasMeaningfulOrder(place: string, elements: readonly JsonValue[]): boolean {
  if (place === 'core.PodSpec.initContainers') return true;
  return place.endsWith('Container.env') && elements.some(refersToAnother);
}

function refersToAnother(variable: JsonValue): boolean {
  if (!isJsonObject(variable)) return false;
  return typeof variable.value === 'string' && variable.value.includes('$(');
}

function namesOf(keys: readonly string[], list: readonly JsonValue[]): readonly JsonValue[] {
  return list.map((item) =>
    isJsonObject(item) ? keys.map((key) => String(item[key])).join() : '',
  );
}
