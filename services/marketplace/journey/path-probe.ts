import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

/** The way to the recommender, measured outside any call: gRPC keeps its connections and hides them. */
export interface PathTimes {
  /** Resolving the host's name; undefined when that failed. */
  readonly dnsMs?: number;
  /** Opening a TCP connection to the first address; undefined when that failed. */
  readonly connectMs?: number;
  /** The address connected to, or the first one when none took a connection. */
  readonly address?: string;
}

/** Longer than this is as good as failed for a page. */
const LIMIT_MS = 1_000;

/**
 * Resolves `host`, and opens and closes one connection to the first of its addresses that takes
 * one, as gRPC would. Never rejects.
 */
export async function probePath(host: string, port: number): Promise<PathTimes> {
  const startedAt = performance.now();
  const addresses = await withLimit(lookup(host, { all: true })).catch(() => []);
  if (addresses.length === 0) return {};
  const dnsMs = performance.now() - startedAt;
  for (const { address } of addresses) {
    const connectMs = await connectTime(address, port);
    if (connectMs !== undefined) return { dnsMs, address, connectMs };
  }
  return { dnsMs, address: addresses[0]?.address ?? '' };
}

async function connectTime(address: string, port: number): Promise<number | undefined> {
  const startedAt = performance.now();
  try {
    await openAndClose(address, port);
    return performance.now() - startedAt;
  } catch {
    return undefined;
  }
}

function openAndClose(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port });
    socket.setTimeout(LIMIT_MS);
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
