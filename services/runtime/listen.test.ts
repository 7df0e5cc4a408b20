import { Agent, createServer, get, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { closeServer, ListenError, listen } from './listen';

const HOST = '127.0.0.1';

async function started(listener: RequestListener) {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  return { server, port: await listen(server, HOST, 0, 'PORT') };
}

/** Resolves with the answer's body, over a connection that the client keeps. */
function bodyOf(port: number, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: HOST, port, agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    }).once('error', reject);
  });
}

const connections = (server: Server) =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(2);
}

test('listening resolves with the port, also with one the system chose', async () => {
  const { server, port } = await started((_, response) => response.end());
  expect(port).toBe((server.address() as AddressInfo).port);
  expect(port).toBeGreaterThan(0);
  await closeServer(server);
});

test('a taken port is an error that names the port and the setting', async () => {
  const { server, port } = await started((_, response) => response.end());
  const error = await listen(createServer(), HOST, port, 'OPS_PORT').catch((error) => error);
  expect(error).toBeInstanceOf(ListenError);
  expect(error).toMatchObject({
    code: 'EADDRINUSE',
    message: `port ${port} is already in use: choose another one with OPS_PORT=<port>`,
    cause: { syscall: 'listen' },
  });
  await closeServer(server);
});

test('an address this machine does not have is not called a taken port', async () => {
  // 192.0.2.0/24 is reserved for documentation (RFC 5737).
  const error = await listen(createServer(), '192.0.2.1', 0, 'PORT').catch((error) => error);
  expect(error).toBeInstanceOf(ListenError);
  expect(error.code).toBe('EADDRNOTAVAIL');
  expect(error.message).toMatch(/^port 0 \(PORT\) cannot be opened: listen EADDRNOTAVAIL/);
});

test.each([
  [
    Object.assign(new Error('listen EACCES'), { code: 'EACCES' }),
    'EACCES',
    'port 80 may not be used by this user: choose another one with PORT=<port>',
  ],
  [
    new Error('No address added out of total 1 resolved errors: [listen EADDRINUSE: in use]'),
    'EADDRINUSE',
    'port 80 is already in use: choose another one with PORT=<port>',
  ],
  [new Error('no reason'), '', 'port 80 (PORT) cannot be opened: no reason'],
])('the error says what %s means', (cause, code, message) => {
  const error = new ListenError('PORT', 80, cause);
  expect({ code: error.code, message: error.message }).toEqual({ code, message });
  expect(error.cause).toBe(cause);
});

test('an error after listening is not swallowed', async () => {
  const { server } = await started((_, response) => response.end());
  expect(server.listenerCount('error')).toBe(0);
  await closeServer(server);
});

test('closing ends idle connections at once and takes no new one', async () => {
  const { server, port } = await started((_, response) => response.end('page'));
  const agent = new Agent({ keepAlive: true });
  expect(await bodyOf(port, agent)).toBe('page');
  await closeServer(server);
  expect(await connections(server)).toBe(0);
  await expect(bodyOf(port, new Agent())).rejects.toThrow('ECONNREFUSED');
  agent.destroy();
});

test('closing does not wait for a connection on which nothing was ever asked', async () => {
  const { server, port } = await started((_, response) => response.end());
  const silent = connect(port, HOST);
  const halfAsked = connect(port, HOST).on('error', () => undefined);
  halfAsked.write('GET / HTTP/1.1\r\nHost:');
  await until(async () => (await connections(server)) === 2);
  await closeServer(server);
  expect(await connections(server)).toBe(0);
  silent.destroy();
  halfAsked.destroy();
});

test('a running request is finished, and its kept connection then ends', async () => {
  let isAsked = false;
  const { server, port } = await started(async (_, response) => {
    isAsked = true;
    await delay(50);
    response.end('late page');
  });
  const agent = new Agent({ keepAlive: true });
  const body = bodyOf(port, agent);
  await until(async () => isAsked);
  await closeServer(server);
  expect(await body).toBe('late page');
  agent.destroy();
});
