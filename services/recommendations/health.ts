import type { Server, ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { service } from 'grpc-health-check';

interface HealthRequest {
  readonly service: string;
}

interface HealthAnswer {
  readonly status: 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';
}

/** A stream of answers to one client: what is used of grpc-js' `ServerWritableStream`. */
export interface Watch {
  readonly request: HealthRequest;
  write(answer: HealthAnswer): void;
  end(): void;
  once(event: 'cancelled', listener: () => void): void;
}

/**
 * The standard health service (`grpc.health.v1`) of a server whose services live and end together.
 *
 * The implementation of `grpc-health-check` remembers for ever every service name that a client
 * watches; this one remembers nothing but the watches that are open.
 */
export class Health {
  #status: 'SERVING' | 'NOT_SERVING' = 'SERVING';
  readonly #names: ReadonlySet<string>;
  readonly #watches = new Set<Watch>();

  /** @param services full names; the empty name, which means the whole server, is added */
  constructor(services: readonly string[]) {
    this.#names = new Set(['', ...services]);
  }

  addTo(server: Server): void {
    server.addService(service, {
      check: (
        call: ServerUnaryCall<HealthRequest, HealthAnswer>,
        callback: sendUnaryData<HealthAnswer>,
      ) => {
        if (this.#isOurs(call)) callback(null, { status: this.#status });
        else callback({ code: status.NOT_FOUND, details: 'unknown service' });
      },
      list: (_call: unknown, callback: sendUnaryData<{ statuses: Record<string, HealthAnswer> }>) =>
        callback(null, {
          statuses: Object.fromEntries(
            [...this.#names].map((name) => [name, { status: this.#status }]),
          ),
        }),
      watch: (call: ServerWritableStream<HealthRequest, HealthAnswer>) => this.watch(call),
    });
  }

  /** Answers now and at every change, until the client gives up. */
  watch(call: Watch): void {
    this.#watches.add(call);
    call.once('cancelled', () => this.#watches.delete(call));
    call.write({ status: this.#isOurs(call) ? this.#status : 'SERVICE_UNKNOWN' });
  }

  /** Tells everyone who asks, and everyone who watches, that no new call should come. */
  drain(): void {
    this.#status = 'NOT_SERVING';
    for (const watch of this.#watches) {
      if (this.#isOurs(watch)) watch.write({ status: this.#status });
    }
  }

  /** Ends every watch, which would otherwise keep its connection open. */
  close(): void {
    for (const watch of this.#watches) watch.end();
  }

  #isOurs({ request }: { readonly request: HealthRequest }): boolean {
    return this.#names.has(request.service);
  }
}
