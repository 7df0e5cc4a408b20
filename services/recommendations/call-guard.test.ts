import { constants } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import {
  ask,
  clientOf,
  framed,
  openCall,
  RECOMMEND,
  startTestServer,
  TEST_LIMITS,
  until,
} from './test-server';

type TestServer = Awaited<ReturnType<typeof startTestServer>>;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    limits: { ...TEST_LIMITS, MAX_CALL_MS: 200 },
  });
});
afterAll(() => server.close());
beforeEach(() => {
  server.calls.length = 0;
});

/** Opens a call, sends `message` if any, and tells how it ended. */
async function endOf(message?: Buffer, headers: Record<string, string> = {}) {
  const call = openCall(server.port, headers);
  if (message) call.stream.end(message);
  const trailers = await call.trailers;
  call.session.destroy();
  return { code: status[Number(trailers['grpc-status'])], details: trailers['grpc-message'] };
}

const EMPTY = Buffer.alloc(0);

test('a call whose message never arrives is ended', async () => {
  const startedAt = performance.now();
  expect(await endOf()).toEqual({
    code: 'DEADLINE_EXCEEDED',
    details: encodeURI('the call took more than 200 ms'),
  });
  expect(performance.now() - startedAt).toBeGreaterThan(190);
  expect(server.calls).toEqual([`${RECOMMEND} DEADLINE_EXCEEDED`]);
});

test.each([
  ['a message that is not a protobuf', framed(Buffer.from([0xff])), {}, 'INTERNAL'],
  ['no message at all', EMPTY, {}, 'UNIMPLEMENTED'],
  ['two messages', Buffer.concat([framed(EMPTY), framed(EMPTY)]), {}, 'UNIMPLEMENTED'],
  ['a message that is cut off', framed(EMPTY, 0, 10), {}, 'UNIMPLEMENTED'],
  ['a length beyond the limit', framed(EMPTY, 0, 2 ** 32 - 1), {}, 'RESOURCE_EXHAUSTED'],
  ['a deadline that is over', undefined, { 'grpc-timeout': '1m' }, 'DEADLINE_EXCEEDED'],
  ['a deadline that cannot be read', undefined, { 'grpc-timeout': 'soon' }, 'INTERNAL'],
  [
    'a compressed message',
    framed(gzipSync(EMPTY), 1),
    { 'grpc-encoding': 'gzip' },
    'UNIMPLEMENTED',
  ],
  ['garbage said to be compressed', framed(Buffer.from('x'), 1), {}, 'UNIMPLEMENTED'],
])('%s is answered and counted once under the same code', async (_what, message, headers, code) => {
  expect((await endOf(message, headers)).code).toBe(code);
  expect(server.calls).toEqual([`${RECOMMEND} ${code}`]);
});

test('a call that the client gives up is counted once as cancelled', async () => {
  const call = openCall(server.port);
  await call.arrived;
  call.stream.close(constants.NGHTTP2_CANCEL);
  await until(() => server.calls.length > 0);
  // Past the limit: a call counted twice would be here by then.
  await delay(300);
  expect(server.calls).toEqual([`${RECOMMEND} CANCELLED`]);
});

test('a call that is answered in time is not counted again when the limit comes', async () => {
  const client = clientOf(server.port);
  await ask(client);
  await delay(300);
  client.close();
  expect(server.calls).toEqual([`${RECOMMEND} OK`]);
});

test('a call that has ended leaves no timer behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const client = clientOf(server.port);
  await ask(client);
  const before = timers();
  for (let calls = 0; calls < 20; calls += 1) await ask(client);
  client.close();
  expect(timers()).toBeLessThan(before + 5);
});
