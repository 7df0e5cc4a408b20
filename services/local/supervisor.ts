import { type ChildService, type Launch, startService } from './child-service';
import type { LocalService } from './services';

/** Keeps a set of services running: all of them or none. */
export class Supervisor {
  #children: ChildService[] = [];
  #isStopping = false;

  constructor(
    private readonly services: readonly LocalService[],
    private readonly launch: Launch,
    private readonly onLine: (service: string, line: string) => void,
    private readonly onUnexpectedEnd: (service: string, how: string) => void,
  ) {}

  /** Starts every service; resolves with true when all are ready, with false when one ended before. */
  async start(): Promise<boolean> {
    this.#isStopping = false;
    this.#children = this.services.map((service) =>
      startService(service, this.launch, (line) => this.onLine(service.name, line)),
    );
    for (const child of this.#children) void this.#watch(child);
    const ready = await Promise.all(this.#children.map((child) => child.ready()));
    return ready.every(Boolean);
  }

  /** Stops every service; resolves when all are gone. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#children.map((child) => child.stop()));
  }

  async #watch(child: ChildService): Promise<void> {
    const how = await child.ended;
    if (!this.#isStopping) this.onUnexpectedEnd(child.name, how);
  }
}
