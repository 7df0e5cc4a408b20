import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The port is taken, or may not be used. `code` is the system's (`EADDRINUSE`, `EACCES`). */
export class ListenError extends Error {
  readonly code: string;
  constructor(setting: string, port: number, cause: NodeJS.ErrnoException | Error) {
    const code = 'code' in cause ? String(cause.code) : 'EADDRINUSE';
    const why = code === 'EACCES' ? 'may not be used by this user' : 'is already in use';
    super(`port ${port} ${why}: choose another one with ${setting}=<port>`, { cause });
    this.name = 'ListenError';
    this.code = code;
  }
}

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
  return new Promise((resolve, reject) => {
    const onError = (cause: Error) => reject(new ListenError(setting, port, cause));
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Closes an HTTP server: no new connections, running requests finish, idle connections end. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
