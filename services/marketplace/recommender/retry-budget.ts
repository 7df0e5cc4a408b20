/** How many failed calls in a row may all be retried. */
const MAX_TOKENS = 5;

/**
 * What one call earns towards a retry. With half of all attempts failing, the budget settles where
 * retries are this share of calls: at most 1.15 attempts a call.
 */
const TOKENS_PER_CALL = 0.15;

/**
 * Keeps retries a small share of calls. Without it, a recommender that fails under load gets twice
 * the load for it.
 */
export class RetryBudget {
  #tokens = MAX_TOKENS;

  /** A new call (not a retry) begins. */
  earn(): void {
    this.#tokens = Math.min(MAX_TOKENS, this.#tokens + TOKENS_PER_CALL);
  }

  /** Takes one retry out of the budget; false when there is none left. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
