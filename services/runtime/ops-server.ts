import { createServer, type Server } from 'node:http';
import type { Identity } from './identity';
import type { Lifecycle } from './lifecycle';
import type { Registry } from './metrics';

/** What the operations endpoints tell of. */
export interface Operations {
  readonly identity: Identity;
  readonly lifecycle: Pick<Lifecycle, 'isReady' | 'state'>;
  readonly registry: Registry;
}

interface Answer {
  status: number;
  type?: string;
  body: string;
}

const json = (value: unknown): Answer => ({
  status: 200,
  type: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});

/**
 * The operations endpoints, on a port of their own so that they are never reachable from where
 * the service is:
 * - `/livez`: 200 as long as the process can answer at all, also while draining;
 * - `/readyz`: 200 when ready, otherwise 503 with the state as its body;
 * - `/metrics`: Prometheus text, 500 when it cannot be collected;
 * - `/info`: the identity as JSON.
 */
export function createOpsServer({ identity, lifecycle, registry }: Operations): Server {
  const answers: Record<string, () => Answer | Promise<Answer>> = {
    '/livez': () => ({ status: 200, body: 'ok\n' }),
    '/readyz': () => ({ status: lifecycle.isReady ? 200 : 503, body: `${lifecycle.state}\n` }),
    '/metrics': () => metrics(registry),
    '/info': () => json({ ...identity, node_version: process.version }),
  };
  return createServer(async (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    const known = Object.hasOwn(answers, path) ? answers[path] : undefined;
    const answer: Answer = known ? await known() : { status: 404, body: 'not found\n' };
    response
      .writeHead(answer.status, { 'content-type': answer.type ?? 'text/plain' })
      .end(answer.body);
  });
}

/** A scrape that fails is a gap in a graph, not a reason for the service to end. */
async function metrics(registry: Registry): Promise<Answer> {
  try {
    return { status: 200, type: registry.contentType, body: await registry.metrics() };
  } catch (error) {
    return { status: 500, body: `${error}\n` };
  }
}
