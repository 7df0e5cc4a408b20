import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Which bytes a fault hurts: those to the service (`request`) or those from it (`answer`). */
export type Direction = 'request' | 'answer';

/**
 * What a network does to a connection:
 * - `latency`: every chunk arrives `ms` late;
 * - `bandwidth`: at most `bytesPerSecond`;
 * - `slow-close`: the end arrives `ms` late;
 * - `time-out`: bytes vanish, the connection stays open;
 * - `reset`: the connection is reset at the next chunk;
 * - `slicing`: chunks arrive in slices of `bytes`;
 * - `truncation`: the connection ends after `bytes` more;
 * - `down`: nobody listens, running connections end.
 */
export type Fault =
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  | { readonly kind: 'slow-close'; readonly ms: number }
  | { readonly kind: 'time-out' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'slicing'; readonly bytes: number }
  | { readonly kind: 'truncation'; readonly bytes: number }
  | { readonly kind: 'down' };

/** A TCP proxy whose network can be made to fail while connections are open. */
export class FaultProxy {
  readonly #sockets = new Set<Socket>();
  #server: Server;
  #port = 0;
  #fault: Fault | undefined;
  #direction: Direction = 'answer';

  constructor(private readonly targetPort: number) {
    this.#server = createServer((client) => this.#accept(client));
  }

  get port(): number {
    return this.#port;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** From now on the network fails in this way, for running connections too. */
  async inject(fault: Fault, direction: Direction): Promise<void> {
    this.#fault = fault;
    this.#direction = direction;
    if (fault.kind === 'down') await this.close();
  }

  /** The network is well again. Bytes that vanished stay lost. */
  async heal(): Promise<void> {
    const wasDown = this.#fault?.kind === 'down';
    this.#fault = undefined;
    if (!wasDown) return;
    this.#server = createServer((client) => this.#accept(client));
    await this.listen();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    const service = connect(this.targetPort, '127.0.0.1');
    for (const socket of [client, service]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    void this.#pass(client, service, 'request');
    void this.#pass(service, client, 'answer');
  }

  /** Passes bytes on, in order, through whatever fault is injected when each chunk comes. */
  async #pass(from: Socket, to: Socket, direction: Direction): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        const fault = this.#direction === direction ? this.#fault : undefined;
        if (!(await pass(chunk, from, to, fault))) return;
      }
      const fault = this.#direction === direction ? this.#fault : undefined;
      if (fault?.kind === 'slow-close') await delay(fault.ms);
      to.end();
    } catch {
      to.destroy();
    }
  }
}

/** Does not keep the process alive: a slow network is no reason to wait for its last byte. */
const delay = (ms: number) => wait(ms, undefined, { ref: false });

/** @returns whether the connection goes on */
async function pass(
  chunk: Buffer,
  from: Socket,
  to: Socket,
  fault: Fault | undefined,
): Promise<boolean> {
  switch (fault?.kind) {
    case 'time-out':
      return true;
    case 'reset':
      for (const socket of [from, to]) socket.resetAndDestroy();
      return false;
    case 'truncation':
      to.end(chunk.subarray(0, fault.bytes));
      from.destroy();
      return false;
    case 'latency':
      await delay(fault.ms);
      break;
    case 'bandwidth':
      await delay((chunk.length / fault.bytesPerSecond) * 1_000);
      break;
    case 'slicing':
      for (let start = 0; start < chunk.length; start += fault.bytes) {
        to.write(chunk.subarray(start, start + fault.bytes));
        await delay(0);
      }
      return true;
  }
  to.write(chunk);
  return true;
}
