import type { JsonObject } from '../kubernetes-object';
import { type DefaultRule, isEmptyCollection } from './default-rule';

const SOURCE = 'pkg/apis/networking/v1/defaults.go';

/** NetworkPolicies. An Ingress has no defaults. */
export const networkingDefaults: readonly DefaultRule[] = [
  {
    field: 'networking.NetworkPolicySpec.policyTypes',
    value: ({ egress }: JsonObject) =>
      isEmptyCollection(egress) ? ['Ingress'] : ['Ingress', 'Egress'],
    source: `${SOURCE} SetDefaults_NetworkPolicy`,
  },
  {
    field: 'networking.NetworkPolicyPort.protocol',
    value: 'TCP',
    source: `${SOURCE} SetDefaults_NetworkPolicyPort`,
  },
];
