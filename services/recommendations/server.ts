import { type RecommendationsHandlers, recommendationsService } from '@driftless/proto';
import {
  endSpan,
  type Identity,
  ListenError,
  type Logger,
  metadataCarrier,
  type ObserveDuration,
  traceIdOf,
  withServerSpan,
} from '@driftless/runtime';
import { Server, type ServerCredentials, status } from '@grpc/grpc-js';
import { callGuard } from './call-guard';
import { Health } from './health';
import type { Ranking } from './ranking/ranking';
import { RequestError, recommend } from './recommend';
import type { Settings } from './settings';

/** What the server is made of. */
export interface RecommendationsServerOptions {
  readonly ranking: Ranking;
  readonly identity: Identity;
  readonly log: Logger;
  readonly observe: ObserveDuration;
  readonly credentials: ServerCredentials;
  readonly limits: Pick<
    Settings,
    'MAX_MESSAGE_BYTES' | 'MAX_CALL_MS' | 'MAX_CONNECTION_AGE_MS' | 'KEEPALIVE_MS'
  >;
  /** The current time in milliseconds since the epoch. */
  now(): number;
}

/** The running server. */
export interface RecommendationsServer {
  /** The underlying server, to register further services with before {@link listen}. */
  readonly grpc: Server;
  /** Resolves with the port. @throws {ListenError} when it cannot be had */
  listen(host: string, port: number): Promise<number>;
  /** Tells health checks that no new call should come. Calls are still answered. */
  drain(): void;
  /** Asks clients to go away, lets running calls finish for at most `limitMs`, then ends them. */
  close(limitMs?: number): Promise<void>;
}

/** The longest answer, 100 books, is some 20 KiB. */
const MAX_ANSWER_BYTES = 1_048_576;
const MAX_CONCURRENT_CALLS_PER_CONNECTION = 1_000;
const CONNECTION_AGE_GRACE_MS = 10_000;
/** Less than the 10 s that the runtime gives everything it closes. */
const CLOSE_LIMIT_MS = 8_000;

/** Builds the gRPC server: `Recommendations` and the standard health service. */
export function createRecommendationsServer(
  options: RecommendationsServerOptions,
): RecommendationsServer {
  const { limits } = options;
  const grpc = new Server({
    'grpc.max_receive_message_length': limits.MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_ANSWER_BYTES,
    'grpc.max_concurrent_streams': MAX_CONCURRENT_CALLS_PER_CONNECTION,
    'grpc.max_connection_age_ms': limits.MAX_CONNECTION_AGE_MS,
    'grpc.max_connection_age_grace_ms': CONNECTION_AGE_GRACE_MS,
    // Node 20 does not notice by itself that a client is gone which broke the HTTP/2 protocol.
    'grpc.keepalive_time_ms': limits.KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': limits.KEEPALIVE_MS,
    'grpc.enable_channelz': 0,
    interceptors: [callGuard(limits.MAX_CALL_MS, options.observe)],
  });
  const health = new Health(['Recommendations']);
  health.addTo(grpc);
  grpc.addService(recommendationsService, { Recommend: recommendHandler(options) });
  let address: string | undefined;
  return {
    grpc,
    async listen(host, port) {
      const boundPort = await bind(grpc, addressOf(host, port), port, options.credentials);
      address = addressOf(host, boundPort);
      return boundPort;
    },
    drain: () => health.drain(),
    close(limitMs = CLOSE_LIMIT_MS) {
      health.close();
      return shutdown(grpc, address, limitMs);
    },
  };
}

function recommendHandler(
  options: RecommendationsServerOptions,
): RecommendationsHandlers['Recommend'] {
  const { ranking, identity, log, now } = options;
  const { pod, node, zone, version, commit } = identity;
  const servedBy = { pod, node, zone, version, commit };
  return (call, callback) =>
    withServerSpan('Recommendations/Recommend', metadataCarrier(call.metadata), (span) => {
      try {
        const day = new Date(now()).toISOString().slice(0, 10);
        const answer = recommend(call.request, ranking, day);
        endSpan(span);
        callback(null, { ...answer, servedBy });
      } catch (error) {
        if (error instanceof RequestError) {
          endSpan(span);
          return callback({ code: error.code, details: error.details });
        }
        log.error({ err: error, traceId: traceIdOf(span) }, 'a call failed');
        endSpan(span, 'internal');
        callback({ code: status.INTERNAL, details: 'internal error' });
      }
    });
}

const addressOf = (host: string, port: number) =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

function bind(
  grpc: Server,
  address: string,
  port: number,
  credentials: ServerCredentials,
): Promise<number> {
  return new Promise((resolve, reject) => {
    grpc.bindAsync(address, credentials, (error, boundPort) =>
      error ? reject(new ListenError('PORT', port, error)) : resolve(boundPort),
    );
  });
}

/**
 * Not `forceShutdown` for what still runs at the limit: without channelz, grpc-js 1.14 does not
 * know its connections there. `drain` does.
 */
function shutdown(grpc: Server, address: string | undefined, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, limitMs);
    if (address) grpc.drain(address, limitMs);
    grpc.tryShutdown(() => {
      clearTimeout(limit);
      resolve();
    });
  });
}
