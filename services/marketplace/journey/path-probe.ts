import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

/** The way to the recommender, measured outside any call: gRPC keeps its connections and hides them. */
export interface PathTimes {
  /** Resolving the host's name; undefined when that failed. */
  readonly dnsMs?: number;
  /** Opening a TCP connection to the first address; undefined when that failed. */
  readonly connectMs?: number;
  /** The address connected to. */
  readonly address?: string;
}

/** Longer than this is as good as failed for a page. */
const LIMIT_MS = 1_000;

/** Resolves `host` and opens and closes one connection to it. Never rejects. */
export async function probePath(host: string, port: number): Promise<PathTimes> {
  const startedAt = performance.now();
  const { address } = await withLimit(lookup(host)).catch(() => ({ address: undefined }));
  if (address === undefined) return {};
  const resolvedAt = performance.now();
  const dnsMs = resolvedAt - startedAt;
  const connected = await withLimit(openAndClose(address, port)).then(
    () => true,
    () => false,
  );
  return connected
    ? { dnsMs, address, connectMs: performance.now() - resolvedAt }
    : { dnsMs, address };
}

function openAndClose(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: LIMIT_MS });
    socket.once('connect', () => {
      resolve();
      socket.destroy();
    });
    socket.once('timeout', () => socket.destroy(new Error('no connection in time')));
    socket.once('error', reject);
  });
}

function withLimit<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), LIMIT_MS);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
