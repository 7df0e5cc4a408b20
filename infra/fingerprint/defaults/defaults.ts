import type { JsonObject, JsonValue } from '../kubernetes-object';
import { appsAdjustments, appsDefaults } from './apps';
import { autoscalingDefaults } from './autoscaling';
import { batchDefaults } from './batch';
import { containerDefaults } from './container';
import type { Adjustment, DefaultRule } from './default-rule';
import { networkingDefaults } from './networking';
import { podTemplateAdjustments, podTemplateDefaults } from './pod-template';
import { rbacDefaults } from './rbac';
import { secretAdjustments, secretDefaults } from './secret';
import { serviceAdjustments, serviceDefaults } from './service';
import { serviceAccountAdjustments } from './service-account';
import { volumeDefaults } from './volume';

/** Every default of Kubernetes 1.36 for the supported kinds. To extend, add a rule to its kind's file. */
export const defaultRules: readonly DefaultRule[] = [
  ...appsDefaults,
  ...autoscalingDefaults,
  ...batchDefaults,
  ...containerDefaults,
  ...networkingDefaults,
  ...podTemplateDefaults,
  ...rbacDefaults,
  ...secretDefaults,
  ...serviceDefaults,
  ...volumeDefaults,
];

const adjustments: readonly Adjustment[] = [
  ...appsAdjustments,
  ...podTemplateAdjustments,
  ...secretAdjustments,
  ...serviceAdjustments,
  ...serviceAccountAdjustments,
];

/** A rule of one type, its field split into the path below the type. */
export interface TypeRule extends DefaultRule {
  readonly path: readonly [string, ...string[]];
}

const rulesOfType = new Map<string, TypeRule[]>();
for (const rule of defaultRules) {
  const [group, type, head = '', ...rest] = rule.field.split('.');
  const name = `${group}.${type}`;
  rulesOfType.set(name, [...(rulesOfType.get(name) ?? []), { ...rule, path: [head, ...rest] }]);
}
const adjustmentsOfType = new Map(adjustments.map(({ type, adjust }) => [type, adjust]));

/** The rules of a type in the order in which they run. */
export function rulesOf(type: string): readonly TypeRule[] {
  return rulesOfType.get(type) ?? [];
}

/** What the server makes of a struct before it fills in defaults. */
export function adjusted(type: string, self: JsonObject): JsonObject {
  return adjustmentsOfType.get(type)?.(self) ?? self;
}

/** The value of a rule for a struct, or `undefined` when it does not hold there. */
export function defaultValue(rule: DefaultRule, self: JsonObject): JsonValue | undefined {
  if (rule.when && !rule.when(self)) return undefined;
  return typeof rule.value === 'function' ? rule.value(self) : rule.value;
}
