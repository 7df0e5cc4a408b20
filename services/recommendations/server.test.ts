import { once } from 'node:events';
import { createServer, type Server as NetServer, connect as netConnect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { catalog } from '@driftless/catalog';
import { type RecommendationsClient, recommendationsService } from '@driftless/proto';
import { ListenError } from '@driftless/runtime';
import { logVerbosity, setLogVerbosity, status } from '@grpc/grpc-js';
import {
  ask,
  clientOf,
  framed,
  openCall,
  RECOMMEND,
  startTestServer,
  TEST_LIMITS,
} from './test-server';

type TestServer = Awaited<ReturnType<typeof startTestServer>>;

const BROKEN_RANKING = {
  forReader: () => {
    throw new Error('the secret of the ranking');
  },
  similarTo: () => undefined,
};

// grpc-js writes to the console what it rejects with as well.
beforeAll(() => setLogVerbosity(logVerbosity.NONE));

describe('a server', () => {
  let server: TestServer;
  let client: RecommendationsClient;

  beforeAll(async () => {
    server = await startTestServer();
    client = clientOf(server.port);
  });
  afterAll(async () => {
    client.close();
    await server.close();
  });
  beforeEach(() => {
    server.calls.length = 0;
  });

  test('answers a request of the tutorial, which knows none of our new fields', async () => {
    // user_id 42, category SCIENCE_FICTION, max_results 2
    const request = Buffer.from('082a10011802', 'hex');
    const answer = await new Promise<Buffer>((resolve, reject) =>
      client.makeUnaryRequest(
        RECOMMEND,
        (bytes: Buffer) => bytes,
        (bytes: Buffer) => bytes,
        request,
        (error, bytes = Buffer.alloc(0)) => (error ? reject(error) : resolve(bytes)),
      ),
    );
    const expected = await ask(client, { userId: 42, category: 'SCIENCE_FICTION', maxResults: 2 });
    expect(expected.recommendations).toHaveLength(2);
    expect(recommendationsService.Recommend.responseDeserialize(answer)).toEqual(expected);
  });

  test('answers an empty request with three mysteries', async () => {
    const { recommendations } = await ask(client);
    expect(recommendations.map(({ id }) => catalog.find(id)?.category)).toEqual([
      'MYSTERY',
      'MYSTERY',
      'MYSTERY',
    ]);
  });

  test('answers with the whole shelf when more is asked for than there is', async () => {
    const { recommendations } = await ask(client, { category: 'SELF_HELP', maxResults: 100 });
    const shelf = catalog.inCategory('SELF_HELP').map(({ id }) => id);
    expect(recommendations.map(({ id }) => id).sort((a, b) => a - b)).toEqual(shelf);
  });

  test('says which process answered', async () => {
    expect((await ask(client)).servedBy).toEqual({
      pod: 'pod-1',
      node: 'node-1',
      zone: 'zone-1',
      version: '1.2.3',
      commit: 'abc',
    });
  });

  test.each([
    [{ category: 99 as 0 }, 'NOT_FOUND', 'Category not found'],
    [{ similarTo: -1 }, 'NOT_FOUND', 'Book not found'],
    [{ maxResults: -1 }, 'INVALID_ARGUMENT', 'max_results must be from 0 to 100, got -1'],
    [{ maxResults: 101 }, 'INVALID_ARGUMENT', 'max_results must be from 0 to 100, got 101'],
  ] as const)('refuses %j with %s', async (request, code, details) => {
    await expect(ask(client, request)).rejects.toMatchObject({ code: status[code], details });
    expect(server.calls).toEqual([`${RECOMMEND} ${code}`]);
  });

  test('refuses a message larger than the limit and answers the next call', async () => {
    const tooLarge = Buffer.alloc(1_025);
    const call = openCall(server.port);
    call.stream.write(framed(tooLarge));
    expect(await call.trailers).toMatchObject({ 'grpc-status': `${status.RESOURCE_EXHAUSTED}` });
    call.session.destroy();
    await ask(client);
    expect(server.calls).toEqual([`${RECOMMEND} RESOURCE_EXHAUSTED`, `${RECOMMEND} OK`]);
  });

  test('does not put a method that a client made up into the metrics', async () => {
    const call = openCall(server.port, { ':path': '/Recommendations/Invented' });
    expect(await call.trailers).toMatchObject({ 'grpc-status': `${status.UNIMPLEMENTED}` });
    call.session.destroy();
    expect(server.calls).toEqual([]);
  });

  test('counts every call once when many run at the same time', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, userId) => ask(client, { userId })));
    expect(server.calls).toEqual(Array(200).fill(`${RECOMMEND} OK`));
  });
});

test('the selection changes at midnight UTC', async () => {
  const titlesAt = async (time: string) => {
    const server = await startTestServer({ now: () => Date.parse(time) });
    const client = clientOf(server.port);
    const { recommendations } = await ask(client, { maxResults: 10 });
    client.close();
    await server.close();
    return recommendations.map(({ title }) => title);
  };
  const evening = await titlesAt('2026-11-21T23:59:59.999Z');
  expect(await titlesAt('2026-11-21T00:00:00Z')).toEqual(evening);
  expect(await titlesAt('2026-11-22T00:00:00Z')).not.toEqual(evening);
});

test('a failure inside is logged and not told to the client', async () => {
  const server = await startTestServer({ ranking: BROKEN_RANKING });
  const client = clientOf(server.port);
  await expect(ask(client)).rejects.toMatchObject({
    code: status.INTERNAL,
    details: 'internal error',
  });
  client.close();
  await server.close();
  expect(server.calls).toEqual([`${RECOMMEND} INTERNAL`]);
  expect(server.logLines).toHaveLength(1);
  expect(JSON.parse(server.logLines[0] ?? '')).toMatchObject({
    level: 'error',
    err: { message: 'the secret of the ranking' },
  });
});

test('a running call is finished before the server closes', async () => {
  const server = await startTestServer();
  const call = openCall(server.port);
  await call.arrived;
  const closed = server.close();
  await delay(50);
  call.stream.end(framed(Buffer.alloc(0)));
  expect(await call.trailers).toMatchObject({ 'grpc-status': `${status.OK}` });
  await closed;
  const client = clientOf(server.port);
  await expect(ask(client)).rejects.toMatchObject({ code: status.UNAVAILABLE });
  client.close();
});

test('a call that does not end is ended when the time to close is over', async () => {
  const server = await startTestServer();
  const call = openCall(server.port);
  await call.arrived;
  const startedAt = performance.now();
  await server.close(100);
  expect(await call.trailers).toEqual({});
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(server.calls).toEqual([`${RECOMMEND} CANCELLED`]);
});

test('a port that is taken is refused by naming it', async () => {
  const [first, second] = await Promise.all([startTestServer(), startTestServer()]);
  const error = await second.listen('127.0.0.1', first.port).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ListenError);
  expect(error).toMatchObject({
    code: 'EADDRINUSE',
    message: `port ${first.port} is already in use: choose another one with PORT=<port>`,
  });
  await Promise.all([first.close(), second.close()]);
});

test('an address that is not ours is not taken for a port in use', async () => {
  const server = await startTestServer();
  // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
  const error = await server.listen('192.0.2.1', 0).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'ListenError', code: 'EADDRNOTAVAIL' });
  expect(String(error)).not.toContain('in use');
  await server.close();
});

describe('a connection that is old', () => {
  const AGE_MS = 150;

  /** Counts connections on the way to `port`. */
  async function countingProxy(port: number) {
    let connections = 0;
    const proxy: NetServer = createServer((socket) => {
      connections += 1;
      const upstream = netConnect(port, '127.0.0.1');
      socket.pipe(upstream).pipe(socket);
      for (const side of [socket, upstream]) side.on('error', () => undefined);
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const address = proxy.address();
    return {
      port: typeof address === 'object' && address ? address.port : 0,
      connections: () => connections,
      close: () => proxy.close(),
    };
  }

  test('is replaced without a failed call for a client that retries what GOAWAY leaves', async () => {
    const server = await startTestServer({
      limits: { ...TEST_LIMITS, MAX_CONNECTION_AGE_MS: AGE_MS },
    });
    const proxy = await countingProxy(server.port);
    const client = clientOf(proxy.port);
    let answers = 0;
    const askUntilTheEnd = async () => {
      while (proxy.connections() < 5) {
        await ask(client).catch((error: { code: status }) => {
          if (![status.UNAVAILABLE, status.CANCELLED].includes(error.code)) throw error;
          return ask(client);
        });
        answers += 1;
      }
    };
    await Promise.all(Array.from({ length: 4 }, askUntilTheEnd));
    client.close();
    await server.close();
    proxy.close();
    expect(answers).toBeGreaterThan(20);
  });

  test('finishes the call that it carries', async () => {
    const server = await startTestServer({
      limits: { ...TEST_LIMITS, MAX_CONNECTION_AGE_MS: AGE_MS },
    });
    const call = openCall(server.port);
    await once(call.session, 'goaway');
    call.stream.end(framed(Buffer.alloc(0)));
    expect(await call.trailers).toMatchObject({ 'grpc-status': `${status.OK}` });
    await server.close();
  });
});
