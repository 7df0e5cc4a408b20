import { createServer } from 'node:http';
import path from 'node:path';
import { closeServer, listen } from '@driftless/runtime';
import { HOST, type LocalService } from './services';
import { Supervisor } from './supervisor';

const STOP_LIMIT_MS = 100;

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, HOST, 0, 'PORT');
  await closeServer(server);
  return port;
}

async function service(name: string, mode: string): Promise<LocalService> {
  const opsPort = await freePort();
  return { name, opsPort, environment: { HOST, OPS_PORT: String(opsPort), MODE: mode } };
}

interface Line {
  service: string;
  text: string;
}

/** A supervisor of fixture services, with what they said and which of them ended by itself. */
function supervise(services: readonly LocalService[], command = process.execPath) {
  const lines: Line[] = [];
  const events: string[] = [];
  const supervisor = new Supervisor(
    services,
    {
      command,
      nodeArguments: [],
      environment: { PATH: process.env.PATH, PORT: 'launcher', HOST: 'launcher' },
      stopLimitMs: STOP_LIMIT_MS,
      mainFile: () => path.join(__dirname, 'fixtures/service.js'),
    },
    (service, text) => {
      lines.push({ service, text });
      events.push(text);
    },
    (service, how) => events.push(`${service}: ${how}`),
  );
  started.push(supervisor);
  const pids = () => lines.flatMap(({ text }) => pidIn(text));
  return { supervisor, lines, events, pids };
}

const started: Supervisor[] = [];
afterEach(async () => {
  await Promise.all(started.map((supervisor) => supervisor.stop()));
  started.length = 0;
});

function pidIn(text: string): number[] {
  const found = /"pid":(\d+)/.exec(text);
  return found ? [Number(found[1])] : [];
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isReady = ({ opsPort }: LocalService) =>
  fetch(`http://${HOST}:${opsPort}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

test('starting resolves when every service is ready', async () => {
  const services = [await service('books', 'ready'), await service('shop', 'slow')];
  const { supervisor } = supervise(services);
  expect(await supervisor.start()).toBe(true);
  expect(await Promise.all(services.map(isReady))).toEqual([true, true]);
});

test('what a service says is passed on line by line, with its name', async () => {
  const { supervisor, lines } = supervise([
    await service('books', 'ready'),
    await service('shop', 'ready'),
  ]);
  await supervisor.start();
  await supervisor.stop();
  expect(lines.map(({ service, text }) => [service, JSON.parse(text).msg]).sort()).toEqual([
    ['books', 'listening'],
    ['shop', 'listening'],
  ]);
});

test("a service's own environment comes before the launcher's", async () => {
  const books = await service('books', 'ready');
  const { supervisor, lines } = supervise([books]);
  await supervisor.start();
  await supervisor.stop();
  expect(JSON.parse(lines[0]?.text ?? '')).toMatchObject({ HOST, PORT: 'launcher' });
});

test('stopping resolves when every process is gone, and none of them ended by itself', async () => {
  const { supervisor, events, pids } = supervise([
    await service('books', 'ready'),
    await service('shop', 'ready'),
  ]);
  await supervisor.start();
  await supervisor.stop();
  expect(pids()).toHaveLength(2);
  expect(pids().filter(isRunning)).toEqual([]);
  expect(events).toHaveLength(2);
});

test('a service that does not stop is killed', async () => {
  const { supervisor, pids } = supervise([await service('books', 'stubborn')]);
  await supervisor.start();
  await supervisor.stop();
  expect(pids()).toHaveLength(1);
  expect(pids().filter(isRunning)).toEqual([]);
});

test('services can be started again after a stop, and are watched again', async () => {
  const books = await service('books', 'ready');
  const { supervisor, events, pids } = supervise([books]);
  await supervisor.start();
  await supervisor.stop();
  await supervisor.start();
  expect(await isReady(books)).toBe(true);
  const [first, second] = pids();
  expect(second).not.toBe(first);
  process.kill(second ?? 0, 'SIGKILL');
  while (!events.includes('books: SIGKILL')) await new Promise(setImmediate);
});

test('a service that ends while it starts is reported after its last words', async () => {
  const { supervisor, events } = supervise([await service('books', 'broken')]);
  expect(await supervisor.start()).toBe(false);
  while (events.at(-1) !== 'books: exit code 3') await new Promise(setImmediate);
  expect(events[0]).toBe('{"level":"fatal","msg":"no shelf"}');
  expect(events.at(-2)).toBe('the last words');
});

test('starting has failed when one service has, whatever the others do', async () => {
  const { supervisor } = supervise([
    await service('books', 'ready'),
    await service('shop', 'broken'),
  ]);
  expect(await supervisor.start()).toBe(false);
});

test('a service that ends later is reported with the signal that ended it', async () => {
  const { supervisor, events, pids } = supervise([
    await service('books', 'ready'),
    await service('shop', 'ready'),
  ]);
  await supervisor.start();
  process.kill(pids()[0] ?? 0, 'SIGKILL');
  while (events.length < 3) await new Promise(setImmediate);
  expect(events[2]).toMatch(/^(books|shop): SIGKILL$/);
});

test('a program that does not exist is reported and does not keep the start waiting', async () => {
  const { supervisor, events } = supervise([await service('books', 'ready')], '/no/such/node');
  expect(await supervisor.start()).toBe(false);
  expect(events).toEqual(['books: spawn /no/such/node ENOENT']);
});
