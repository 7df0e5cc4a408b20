import { Annotations, type IAspect, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { encryptionRules } from './encryption-rules';
import { machineRules } from './machine-rules';
import { networkRules } from './network-rules';
import { safetyRules } from './safety-rules';
import type { PolicyRule, StackJson, Violation } from './stack-view';

const RULES: readonly PolicyRule[] = [
  ...encryptionRules,
  ...networkRules,
  ...machineRules,
  ...safetyRules,
];

/** Everything that a stack violates; empty when it keeps every rule. Pure. */
export function judge(stack: StackJson): readonly Violation[] {
  return RULES.flatMap((rule) => rule.violations(stack));
}

/** `network/vpc/public-a: map_public_ip_on_launch is true: let no subnet … (no-public-ip)` */
export function renderViolation({ rule, path, field, value, remedy }: Violation): string {
  return `${path}: ${field} is ${JSON.stringify(value) ?? 'absent'}: ${remedy} (${rule})`;
}

/**
 * Fails the synthesis of a stack that violates a rule, with every violation at once.
 * It judges the JSON that is about to be written, so that overrides cannot get past it.
 */
export class Policy implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    for (const violation of judge(node.toTerraform() as StackJson)) {
      Annotations.of(node).addError(renderViolation(violation));
    }
  }
}
