import type { JsonObject } from '../kubernetes-object';
import type { DefaultRule } from './default-rule';

const SOURCE = 'pkg/apis/rbac/v1/defaults.go';
const GROUP = 'rbac.authorization.k8s.io';

/** RoleBindings and ClusterRoleBindings. Roles have no defaults. */
export const rbacDefaults: readonly DefaultRule[] = [
  {
    field: 'rbac.RoleRef.apiGroup',
    value: GROUP,
    source: `${SOURCE} SetDefaults_RoleBinding, SetDefaults_ClusterRoleBinding`,
  },
  {
    field: 'rbac.Subject.apiGroup',
    value: GROUP,
    when: ({ kind }: JsonObject) => kind === 'User' || kind === 'Group',
    source: `${SOURCE} SetDefaults_Subject`,
  },
];
