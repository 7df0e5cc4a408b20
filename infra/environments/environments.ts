import { dev } from './dev';
import type { Environment } from './environment';
import { EnvironmentError, parseEnvironment } from './parse-environment';
import { prod } from './prod';

const ENVIRONMENTS: Readonly<Record<string, Environment>> = { dev, prod };

/** What `--env` and `DRIFTLESS_ENV` may be. */
export const ENVIRONMENT_NAMES: readonly string[] = Object.keys(ENVIRONMENTS);

/**
 * The checked environment of that name.
 *
 * @throws {EnvironmentError} when there is none of that name, or it has mistakes
 */
export function environmentNamed(name: string): Environment {
  if (!Object.hasOwn(ENVIRONMENTS, name)) {
    throw new EnvironmentError(name || '(none)', [
      `the environment must be ${ENVIRONMENT_NAMES.join(' or ')}, got ${name || 'nothing'}: pass --env ${ENVIRONMENT_NAMES[0]} or set DRIFTLESS_ENV`,
    ]);
  }
  return parseEnvironment(name, ENVIRONMENTS[name]);
}
