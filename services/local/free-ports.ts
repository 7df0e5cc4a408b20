import { createServer } from 'node:http';
import { closeServer, ListenError, listen } from '@driftless/runtime';
import { HOST, type NeededPort } from './services';

/**
 * Makes sure that every port can be had before anything is started.
 *
 * @returns one line for each that cannot, saying how to choose another
 */
export async function portProblems(ports: readonly NeededPort[]): Promise<string[]> {
  const results = await Promise.allSettled(
    ports.map(async ({ setting, port }) => {
      const server = createServer();
      await listen(server, HOST, port, setting);
      await closeServer(server);
    }),
  );
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    if (result.reason instanceof ListenError) return [result.reason.message];
    throw result.reason;
  });
}
