import { addressRules } from './address-rules';
import type { Environment } from './environment';
import { machineRules } from './machine-rules';

/** A rule between fields of an environment. */
export interface Rule {
  /** Fields it reads, dotted; where one of them is itself wrong the rule is not asked. */
  readonly reads: readonly string[];
  /** What is wrong: field, rule, value got and remedy, one sentence each; empty when all is well. */
  problems(environment: Environment): readonly string[];
}

/** Every rule between fields. */
export const RULES: readonly Rule[] = [...addressRules, ...machineRules];
