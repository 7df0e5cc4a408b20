import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from './log';

/** Closes one thing; resolves when it no longer holds the process. */
export type Close = () => Promise<void>;

/** How long one thing may take to close before the next one is closed all the same. */
const CLOSE_LIMIT_MS = 10_000;

/**
 * The life of a service: starting, ready, draining, stopped.
 *
 * While draining the service answers as ever, only `isReady` is false and servers ask clients to
 * reconnect elsewhere: endpoints and load balancers learn of the end seconds after the process.
 */
export class Lifecycle {
  #state: 'starting' | 'ready' | 'draining' | 'stopped' = 'starting';
  readonly #closers: { name: string; close: Close }[] = [];
  readonly #drainListeners: (() => void)[] = [];
  #stopped: Promise<void> | undefined;

  /** @param closeLimitMs how long one thing may take to close */
  constructor(
    private readonly log: Logger,
    private readonly drainMs: number,
    private readonly closeLimitMs = CLOSE_LIMIT_MS,
  ) {}

  get state(): string {
    return this.#state;
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get isDraining(): boolean {
    return this.#state === 'draining';
  }

  /** Everything is up; `/readyz` answers 200 from now on. */
  markReady(): void {
    if (this.#state === 'starting') this.#state = 'ready';
  }

  /** Calls `listener` at the moment draining begins. */
  onDrain(listener: () => void): void {
    this.#drainListeners.push(listener);
  }

  /** Registers what must be closed at the end. Last registered is closed first. */
  onClose(name: string, close: Close): void {
    this.#closers.push({ name, close });
  }

  /** Drains, then closes everything. Called again it returns the first call's promise. */
  stop(reason: string): Promise<void> {
    this.#stopped ??= this.#stop(reason);
    return this.#stopped;
  }

  async #stop(reason: string): Promise<void> {
    const wasReady = this.isReady;
    this.#state = 'draining';
    this.log.info({ reason, drainMs: this.drainMs }, 'draining');
    for (const listener of this.#drainListeners) this.#tell(listener);
    if (wasReady) await delay(this.drainMs);
    for (const { name, close } of this.#closers.reverse()) await this.#close(name, close);
    this.#state = 'stopped';
    this.log.info('stopped');
  }

  /** A listener that throws must not keep the rest from being closed. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.log.error({ err: error }, 'draining failed');
    }
  }

  async #close(name: string, close: Close): Promise<void> {
    const limit = new AbortController();
    const late = delay(this.closeLimitMs, 'late' as const, { signal: limit.signal });
    try {
      if ((await Promise.race([close(), late])) === 'late') {
        this.log.error({ name, limitMs: this.closeLimitMs }, 'did not close in time');
      }
    } catch (error) {
      this.log.error({ name, err: error }, 'closing failed');
    } finally {
      limit.abort();
      late.catch(() => undefined);
    }
  }
}
