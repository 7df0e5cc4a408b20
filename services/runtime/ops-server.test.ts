import type { Server } from 'node:http';
import { closeServer, listen } from './listen';
import { createRegistry, durationHistogram } from './metrics';
import { createOpsServer } from './ops-server';

const identity = {
  service: 'books',
  version: '1.2.3',
  commit: 'abc1234',
  pod: 'pod-1',
  node: '',
  zone: '',
};
const registry = createRegistry(identity);
const lifecycle = { state: 'starting', isReady: false };

let server: Server;
let url: string;

beforeAll(async () => {
  server = createOpsServer({ identity, lifecycle, registry });
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0, 'OPS_PORT')}`;
});
afterAll(() => closeServer(server));

async function get(path: string) {
  const response = await fetch(url + path);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: await response.text(),
  };
}

test.each(['starting', 'draining', 'stopped'])(
  '/readyz answers 503 and says %s; /livez answers 200 meanwhile',
  async (state) => {
    Object.assign(lifecycle, { state, isReady: false });
    expect(await get('/readyz')).toEqual({ status: 503, type: 'text/plain', body: `${state}\n` });
    expect(await get('/livez')).toEqual({ status: 200, type: 'text/plain', body: 'ok\n' });
  },
);

test('/readyz answers 200 when the service is ready', async () => {
  Object.assign(lifecycle, { state: 'ready', isReady: true });
  expect(await get('/readyz')).toMatchObject({ status: 200, body: 'ready\n' });
});

test('/metrics answers the registry in Prometheus text', async () => {
  durationHistogram(registry, 'work_duration_seconds', 'Duration of work.', ['route', 'status'])(
    'GET /',
    '200',
    5,
  );
  const { status, type, body } = await get('/metrics');
  expect(status).toBe(200);
  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(body).toMatch(/^work_duration_seconds_count\{.*route="GET \/",status="200"\} 1$/m);
});

test('/metrics answers 500, and the service goes on, when the metrics cannot be collected', async () => {
  const broken = createOpsServer({
    identity,
    lifecycle,
    registry: Object.assign(createRegistry(identity), {
      metrics: () => Promise.reject(new Error('no metrics')),
    }),
  });
  const port = await listen(broken, '127.0.0.1', 0, 'OPS_PORT');
  try {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('no metrics');
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
  } finally {
    await closeServer(broken);
  }
});

test('/info answers the identity and the version of Node', async () => {
  const { status, type, body } = await get('/info');
  expect({ status, type }).toEqual({ status: 200, type: 'application/json' });
  expect(JSON.parse(body)).toEqual({ ...identity, node_version: process.version });
});

test('a query does not change which endpoint answers', async () => {
  expect(await get('/livez?verbose=1')).toMatchObject({ status: 200, body: 'ok\n' });
});

test.each([
  '/',
  '/healthz',
  '/livez/',
  '/LIVEZ',
  '/__proto__',
  '/constructor',
  '/toString',
  '//livez',
])('%s is not found', async (path) => {
  expect(await get(path)).toEqual({ status: 404, type: 'text/plain', body: 'not found\n' });
});

test.each(['__proto__', 'constructor', 'hasOwnProperty'])(
  'a request line with the bare name %s is harmless',
  async (target) => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request(`${url}/`, { path: target, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
    expect([400, 404]).toContain(status);
    expect((await get('/livez')).status).toBe(200);
  },
);
