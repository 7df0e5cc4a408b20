import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What another port helps against, by the system's error code. */
const PORT_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is already in use',
  EACCES: 'may not be used by this user',
};

/** A port that cannot be had. `code` is the system's (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`). */
export class ListenError extends Error {
  readonly code: string;
  constructor(setting: string, port: number, cause: NodeJS.ErrnoException | Error) {
    // The gRPC library says the code within its message only.
    const code =
      'code' in cause ? String(cause.code) : (/\bE[A-Z]{4,}\b/.exec(cause.message)?.[0] ?? '');
    const problem = PORT_PROBLEMS[code];
    const text = problem
      ? `${problem}: choose another one with ${setting}=<port>`
      : `(${setting}) cannot be opened: ${cause.message}`;
    super(`port ${port} ${text}`, { cause });
    this.name = 'ListenError';
    this.code = code;
  }
}

/** Connections of a listening server on which no request has come yet. */
const silentConnections = new WeakMap<Server, Set<Socket>>();

/**
 * Listens, and resolves with the port (the chosen one when `port` is 0).
 *
 * @param setting the environment variable that chooses this port, for the error
 * @throws {ListenError} when the port cannot be had
 */
export function listen(
  server: Server,
  host: string,
  port: number,
  setting: string,
): Promise<number> {
  const silent = new Set<Socket>();
  silentConnections.set(server, silent);
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return new Promise((resolve, reject) => {
    const onError = (cause: Error) => reject(new ListenError(setting, port, cause));
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** How often a closing server looks for connections whose last request is finished. */
const SWEEP_MS = 20;

/**
 * Closes an HTTP server: no new connections, running requests finish, idle connections end.
 *
 * Node's own `close` would wait for the client where a connection has carried nothing yet (browsers
 * open such in advance), and a whole keep-alive time where it was answering when the close began.
 */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
    for (const socket of silentConnections.get(server) ?? []) socket.destroy();
  });
}
