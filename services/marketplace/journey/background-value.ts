/**
 * A value that is fetched beside the pages, never while one waits: `current` answers at once with
 * what is known and starts a fetch when that has become old. Nothing is fetched while nobody looks.
 */
export class BackgroundValue<Value> {
  #value: Value;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #isFetching = false;

  /**
   * @param initial what is known before the first fetch has come back
   * @param fetch must not reject: a failure is a value
   * @param now a clock in ms
   */
  constructor(
    initial: Value,
    private readonly maxAgeMs: number,
    private readonly fetch: () => Promise<Value>,
    private readonly now: () => number,
  ) {
    this.#value = initial;
  }

  /** What is known now. */
  current(): Value {
    if (!this.#isFetching && this.now() - this.#fetchedAt >= this.maxAgeMs) void this.refresh();
    return this.#value;
  }

  /** Fetches now; resolves when the value is there. */
  async refresh(): Promise<void> {
    this.#isFetching = true;
    try {
      this.#value = await this.fetch();
    } finally {
      this.#fetchedAt = this.now();
      this.#isFetching = false;
    }
  }
}
