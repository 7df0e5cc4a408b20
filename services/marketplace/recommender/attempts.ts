import { status } from '@grpc/grpc-js';
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  decorrelatedJitterGenerator,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { RetryBudget } from './retry-budget';

/** Failures in a row after which the recommender is left alone. */
const FAILURES_TO_OPEN = 5;

/** How long it is left alone before one call may try again. */
const OPEN_MS = 1_000;

const MAX_ATTEMPTS = 3;

/** Statuses that say something about the request, not about the recommender's health. */
const HEALTHY_STATUSES = new Set([
  status.OK,
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.ALREADY_EXISTS,
  status.FAILED_PRECONDITION,
  status.OUT_OF_RANGE,
]);

const codeOf = (error: unknown): status | undefined =>
  error instanceof Error && 'code' in error ? (error.code as status) : undefined;

/** UNAVAILABLE never reached a handler; CANCELLED, which we never ask for, is what GOAWAY leaves. */
const isRetryable = (error: unknown): boolean =>
  codeOf(error) === status.UNAVAILABLE || codeOf(error) === status.CANCELLED;

const isUnhealthy = (error: unknown): boolean =>
  !HEALTHY_STATUSES.has(codeOf(error) ?? status.UNKNOWN);

/** Runs calls with retries, within a budget, behind a circuit breaker. */
export interface Attempts {
  /**
   * @param attempt one call; it must keep to the page's deadline itself, so that one which begins
   *   after it fails at once
   * @throws what the last attempt threw, or cockatiel's BrokenCircuitError
   */
  run<Result>(attempt: () => Promise<Result>): Promise<{ result: Result; attempts: number }>;
}

/** @param onHalfOpen called before the one call that tries whether the recommender is back */
export function createAttempts(onHalfOpen: () => void): Attempts {
  const budget = new RetryBudget();
  const breaker = circuitBreaker(handleWhen(isUnhealthy), {
    halfOpenAfter: OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  breaker.onHalfOpen(onHalfOpen);
  const policy = wrap(
    retry(
      handleWhen((error) => isRetryable(error) && budget.spend()),
      {
        maxAttempts: MAX_ATTEMPTS - 1,
        backoff: new ExponentialBackoff({
          initialDelay: 10,
          maxDelay: 80,
          generator: decorrelatedJitterGenerator,
        }),
      },
    ),
    breaker,
  );
  return {
    async run(attempt) {
      budget.earn();
      let attempts = 0;
      const result = await policy.execute(() => {
        attempts += 1;
        return attempt();
      });
      return { result, attempts };
    },
  };
}

/** The name a page gives to what went wrong: a gRPC status code's, or `CIRCUIT_OPEN`. */
export function reasonOf(error: unknown): string {
  if (error instanceof BrokenCircuitError) return 'CIRCUIT_OPEN';
  return status[codeOf(error) ?? status.UNKNOWN];
}
