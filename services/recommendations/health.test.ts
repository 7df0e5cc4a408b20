import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  type ClientReadableStream,
  credentials,
  makeGenericClientConstructor,
  status,
} from '@grpc/grpc-js';
import { service } from 'grpc-health-check';
import { Health } from './health';
import { startTestServer, TEST_LIMITS, until } from './test-server';

const MAX_CALL_MS = 100;

const HealthClient = makeGenericClientConstructor(service, 'Health');

let server: Awaited<ReturnType<typeof startTestServer>>;
let client: InstanceType<typeof HealthClient>;

beforeEach(async () => {
  server = await startTestServer({
    limits: { ...TEST_LIMITS, MAX_CALL_MS },
  });
  client = new HealthClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
});
afterEach(async () => {
  client.close();
  await server.close(500);
});

const check = (name: string) => promisify(client.check?.bind(client))({ service: name });
const list = () => promisify(client.list?.bind(client))({});

function watch(name: string) {
  const call: ClientReadableStream<{ status: string }> = client.watch?.({ service: name });
  const answers: string[] = [];
  call.on('data', (answer) => answers.push(answer.status)).on('error', () => undefined);
  return { call, answers };
}

test.each(['', 'Recommendations'])('%j is serving until the server drains', async (name) => {
  expect(await check(name)).toEqual({ status: 'SERVING' });
  server.drain();
  expect(await check(name)).toEqual({ status: 'NOT_SERVING' });
});

test('everything is listed with its status', async () => {
  server.drain();
  expect(await list()).toEqual({
    statuses: { '': { status: 'NOT_SERVING' }, Recommendations: { status: 'NOT_SERVING' } },
  });
});

test('who watches is told at once, told again on drain, and not cut off by the limit of a call', async () => {
  const { call, answers } = watch('Recommendations');
  await once(call, 'data');
  await delay(3 * MAX_CALL_MS);
  expect(answers).toEqual(['SERVING']);
  server.drain();
  await once(call, 'data');
  expect(answers).toEqual(['SERVING', 'NOT_SERVING']);
  call.cancel();
});

test('a watch that was given up is counted once', async () => {
  const { call } = watch('');
  await once(call, 'data');
  call.cancel();
  await until(() => server.calls.length > 0);
  expect(server.calls).toEqual(['/grpc.health.v1.Health/Watch CANCELLED']);
});

test('a watch that was given up is forgotten', () => {
  const health = new Health([]);
  const answers: string[] = [];
  const call = Object.assign(new EventEmitter(), {
    request: { service: '' },
    write: (answer: { status: string }) => void answers.push(answer.status),
    end: () => void answers.push('end'),
  });
  health.watch(call);
  call.emit('cancelled');
  health.drain();
  health.close();
  expect(answers).toEqual(['SERVING']);
});

test.each(['', 'Payments'])(
  'a watch of %j does not hold up the end of the server',
  async (name) => {
    const { call } = watch(name);
    await once(call, 'data');
    const ended = once(call, 'status');
    server.drain();
    const startedAt = performance.now();
    await server.close(5_000);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect((await ended)[0]).toMatchObject({ code: status.OK });
  },
);

test('a service that we do not have is unknown', async () => {
  await expect(check('Payments')).rejects.toMatchObject({
    code: status.NOT_FOUND,
    details: 'unknown service',
  });
  const { call, answers } = watch('Payments');
  await once(call, 'data');
  server.drain();
  await delay(50);
  expect(answers).toEqual(['SERVICE_UNKNOWN']);
  call.cancel();
});
