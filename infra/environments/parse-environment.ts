import { type Environment, environmentSchema } from './environment';
import { RULES } from './rules';

/** Thrown by {@link parseEnvironment}; the message lists every mistake, one a line. */
export class EnvironmentError extends Error {
  readonly code = 'ENVIRONMENT_INVALID';
  constructor(
    readonly environmentName: string,
    readonly problems: readonly string[],
  ) {
    super(
      `the environment ${environmentName} is not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'EnvironmentError';
  }
}

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key],
    input,
  );

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));

/** Whether one of the two dotted paths is inside the other. */
const touches = (left: string, right: string): boolean =>
  left === right || left.startsWith(`${right}.`) || right.startsWith(`${left}.`) || left === '';

/**
 * Checks fields first and then the rules between them, so that one run names every mistake.
 *
 * @throws {EnvironmentError} with field, rule, value got and remedy of each mistake
 */
export function parseEnvironment(name: string, input: unknown): Environment {
  const result = environmentSchema.safeParse(input);
  const issues = result.success ? [] : result.error.issues;
  const wrongFields = issues.map(({ path }) => path.join('.'));
  const fieldProblems = issues.map(({ path, message }) => {
    const field = path.join('.') || 'the environment';
    return `${field} ${message}, got ${shown(at(input, path))}`;
  });
  const askable = RULES.filter(
    ({ reads }) => !reads.some((field) => wrongFields.some((wrong) => touches(wrong, field))),
  );
  const ruleProblems = askable.flatMap((rule) => rule.problems(input as Environment));
  const problems = [...fieldProblems, ...ruleProblems];
  if (!result.success || problems.length > 0) throw new EnvironmentError(name, problems);
  return result.data;
}
