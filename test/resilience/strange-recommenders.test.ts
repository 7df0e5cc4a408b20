import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { recommendationsService } from '@driftless/proto';
import { Server as GrpcServer, ServerCredentials, type sendUnaryData, status } from '@grpc/grpc-js';
import { startMarketplace } from '../site';
import { seePage } from './page-states';

const DEADLINE_MS = 300;
const PAGE_MS = 100;
const PAGES = 8;

interface Recommender {
  readonly port: number;
  close(): void;
}

type Callback = sendUnaryData<object>;

/** A gRPC server of the right service whose answers are up to the test. */
async function grpcServer(answer: (callback: Callback) => void): Promise<Recommender> {
  const server = new GrpcServer();
  server.addService(recommendationsService, {
    Recommend: (_call: unknown, callback: Callback) => answer(callback),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}

/** A gRPC server that answers any method with these bytes, whatever they mean. */
async function grpcServerOfBytes(bytes: Buffer): Promise<Recommender> {
  const server = new GrpcServer();
  const raw = (value: Buffer) => value;
  server.addService(
    {
      Recommend: {
        ...recommendationsService.Recommend,
        requestDeserialize: raw,
        responseSerialize: raw as never,
      },
    },
    { Recommend: (_call: unknown, callback: Callback) => callback(null, bytes) },
  );
  const port = await new Promise<number>((resolve) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, bound) =>
      resolve(bound),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}

function listening(server: Server, sockets: Set<Socket>): Promise<Recommender> {
  return new Promise((resolve) => {
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () => {
          for (const socket of sockets) socket.destroy();
          server.close();
        },
      }),
    );
  });
}

const tcpServer = (onConnection: (socket: Socket) => void) =>
  listening(createServer(onConnection), new Set());

/** A valid message of a later version: a category we do not know, fields we do not know. */
const later = Buffer.from('0a0e08e90712064675747572651a0141f2070378797a', 'hex');

const STRANGE: [string, () => Promise<Recommender>][] = [
  ['that accepts and says nothing', () => tcpServer(() => undefined)],
  ['that hangs up at once', () => tcpServer((socket) => socket.destroy())],
  ['that sends noise', () => tcpServer((socket) => socket.end(Buffer.alloc(5_000, 0xa5)))],
  [
    'that speaks HTTP/1',
    () =>
      listening(
        createHttpServer((_request, response) => response.end('hello')),
        new Set(),
      ),
  ],
  ['that never answers a call', () => grpcServer(() => undefined)],
  [
    'that answers too late',
    () => grpcServer((callback) => setTimeout(() => callback(null, {}), 1_000).unref()),
  ],
  ['that is out of order', () => grpcServer((callback) => callback({ code: status.INTERNAL }))],
  [
    'that knows no such method',
    () => grpcServer((callback) => callback({ code: status.UNIMPLEMENTED })),
  ],
  [
    'that is overloaded',
    () => grpcServer((callback) => callback({ code: status.RESOURCE_EXHAUSTED })),
  ],
  [
    'that answers with bytes that are no message',
    () => grpcServerOfBytes(Buffer.from('ffffffffffffffffff', 'hex')),
  ],
  ['that answers with more than anybody wants', () => grpcServerOfBytes(Buffer.alloc(2_000_000))],
];

describe('a recommender', () => {
  it.concurrent.each(STRANGE)(
    '%s costs no page, and no more time than the deadline',
    async (_name, start) => {
      const recommender = await start();
      const site = await startMarketplace(recommender.port, {
        RECOMMENDATIONS_DEADLINE_MS: String(DEADLINE_MS),
        RECOMMENDATIONS_CACHE_MS: '0',
      });
      await seePage(`${site.url}/about`);
      const pages = [];
      for (let page = 0; page < PAGES; page += 1) pages.push(await seePage(site.url));
      expect(pages.map(({ status: code, state }) => [code, state])).toEqual(
        pages.map(() => [200, 'unavailable']),
      );
      expect(Math.max(...pages.map(({ durationMs }) => durationMs))).toBeLessThan(
        DEADLINE_MS + PAGE_MS,
      );
      await site.close();
      recommender.close();
    },
  );

  it('of a later version is understood as far as we know it', async () => {
    const recommender = await grpcServerOfBytes(later);
    const site = await startMarketplace(recommender.port);
    const html = await (await fetch(site.url)).text();
    expect(html).toContain('<span class="card-title">Future</span>');
    await site.close();
    recommender.close();
  });

  it('that has nothing to recommend leaves the page as it is', async () => {
    const recommender = await grpcServer((callback) => callback(null, {}));
    const site = await startMarketplace(recommender.port);
    expect(await seePage(site.url)).toMatchObject({ status: 200, state: 'called' });
    await site.close();
    recommender.close();
  });
});

describe('retries', () => {
  it('are at most a fifth of calls when half of them fail, and do not retry what cannot help', async () => {
    let attempts = 0;
    const recommender = await grpcServer((callback) => {
      attempts += 1;
      if (attempts % 2)
        callback({ code: attempts % 4 === 1 ? status.UNAVAILABLE : status.CANCELLED });
      else callback(null, {});
    });
    const site = await startMarketplace(recommender.port, { RECOMMENDATIONS_CACHE_MS: '0' });
    const calls = 200;
    for (let call = 0; call < calls; call += 1) await fetch(site.url);
    expect(attempts / calls).toBeLessThanOrEqual(1.2);
    expect(attempts / calls).toBeGreaterThan(1.05);
    await site.close();
    recommender.close();

    let invalid = 0;
    const refusing = await grpcServer((callback) => {
      invalid += 1;
      callback({ code: status.INVALID_ARGUMENT });
    });
    const other = await startMarketplace(refusing.port, { RECOMMENDATIONS_CACHE_MS: '0' });
    for (let call = 0; call < 10; call += 1) await fetch(other.url);
    // Ten, not five: a refused request says nothing about the recommender's health.
    expect(invalid).toBe(10);
    await other.close();
    refusing.close();
  });

  it('share one call among pages that ask the same at the same time', async () => {
    let attempts = 0;
    const recommender = await grpcServer((callback) => {
      attempts += 1;
      setTimeout(() => callback(null, {}), 50);
    });
    const site = await startMarketplace(recommender.port);
    await Promise.all(Array.from({ length: 20 }, () => fetch(`${site.url}/books/1`)));
    expect(attempts).toBe(1);
    await fetch(`${site.url}/books/1`);
    expect(attempts).toBe(1);
    await site.close();
    recommender.close();
  });
});
