import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';
import { catalog } from '@driftless/catalog';
import {
  type RecommendationRequest,
  type RecommendationResponse,
  type RecommendationsClient,
  RecommendationsClientConstructor,
} from '@driftless/proto';
import { createLogger } from '@driftless/runtime';
import { type ChannelCredentials, credentials, ServerCredentials } from '@grpc/grpc-js';
import { createRanking } from './ranking/ranking';
import {
  createRecommendationsServer,
  type RecommendationsServer,
  type RecommendationsServerOptions,
} from './server';

/** Where the one method of the service is called. */
export const RECOMMEND = '/Recommendations/Recommend';

/** A server that listens on a free port of this machine, as a test needs it. */
export interface TestServer extends RecommendationsServer {
  readonly port: number;
  /** Every call observed, as `<method> <code>`. */
  readonly calls: string[];
  /** Every line logged. */
  readonly logLines: string[];
}

/** The limits of a server whose test is about something else. */
export const TEST_LIMITS = {
  MAX_MESSAGE_BYTES: 1_024,
  MAX_CALL_MS: 5_000,
  MAX_CONNECTION_AGE_MS: 60_000,
  KEEPALIVE_MS: 5_000,
};

const ranking = createRanking(catalog.books);

/** Starts a real server; `options` replaces what a test wants otherwise. */
export async function startTestServer(
  options: Partial<RecommendationsServerOptions> = {},
  prepare: (server: RecommendationsServer) => void = () => undefined,
): Promise<TestServer> {
  const calls: string[] = [];
  const logLines: string[] = [];
  const identity = {
    service: 'recommendations',
    pod: 'pod-1',
    node: 'node-1',
    zone: 'zone-1',
    version: '1.2.3',
    commit: 'abc',
  };
  const server = createRecommendationsServer({
    ranking,
    identity,
    log: createLogger(identity, 'info', { write: (line) => void logLines.push(line) }),
    observe: (method, code) => void calls.push(`${method} ${code}`),
    credentials: ServerCredentials.createInsecure(),
    limits: TEST_LIMITS,
    now: () => Date.parse('2026-11-21T12:00:00Z'),
    ...options,
  });
  prepare(server);
  const port = await server.listen('127.0.0.1', 0);
  return { ...server, port, calls, logLines };
}

/** A client with a connection of its own. */
export function clientOf(
  port: number,
  channelCredentials: ChannelCredentials = credentials.createInsecure(),
  host = '127.0.0.1',
): RecommendationsClient {
  return new RecommendationsClientConstructor(`${host}:${port}`, channelCredentials, {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_retries': 0,
    'grpc.initial_reconnect_backoff_ms': 100,
  });
}

/** Far longer than any answer takes, so that a test fails with a status and not by jest's limit. */
const DEADLINE_MS = 4_000;

/** One call. @throws the gRPC error */
export function ask(
  client: RecommendationsClient,
  request: RecommendationRequest = {},
): Promise<RecommendationResponse> {
  return new Promise((resolve, reject) => {
    client.recommend(request, { deadline: Date.now() + DEADLINE_MS }, (error, response) => {
      if (error || !response) reject(error);
      else resolve(response);
    });
  });
}

/** What {@link openCall} opened. */
export interface OpenCall {
  readonly session: ClientHttp2Session;
  readonly stream: ClientHttp2Stream;
  /** Resolves when the server knows of the call. */
  readonly arrived: Promise<void>;
  /** How the call ended; empty when it ended without a word. */
  readonly trailers: Promise<Headers>;
}

type Headers = Record<string, unknown>;

/** A call opened by hand, for what a gRPC client would not do; its message is not sent. */
export function openCall(port: number, headers: Record<string, string> = {}): OpenCall {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': RECOMMEND,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  session.on('error', () => undefined);
  // Frames are read in order: the answer to a ping says that the call before it was seen.
  const arrived = once(session, 'connect').then(
    () => new Promise<void>((resolve) => session.ping(() => resolve())),
  );
  stream.on('error', () => undefined).resume();
  const trailers = new Promise<Headers>((resolve) => {
    stream.on('response', (head) => 'grpc-status' in head && resolve(head));
    stream.on('trailers', resolve);
    stream.on('close', () => resolve({}));
  });
  return { session, stream, arrived, trailers };
}

/** Resolves when `isTrue`: for what happens soon, but not at once. jest's limit ends the wait. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(5);
}

/** A gRPC message on the wire: flag, length, payload. */
export function framed(payload: Buffer, flag = 0, length = payload.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, payload]);
}
