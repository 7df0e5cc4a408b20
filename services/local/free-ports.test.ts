import { createServer, type Server } from 'node:http';
import { closeServer, listen } from '@driftless/runtime';
import { portProblems } from './free-ports';
import { HOST, type NeededPort } from './services';

const opened: Server[] = [];
afterEach(() => Promise.all(opened.splice(0).map(closeServer)));

async function takenPort(): Promise<number> {
  const server = createServer();
  opened.push(server);
  return listen(server, HOST, 0, 'PORT');
}

async function freePort(): Promise<number> {
  const port = await takenPort();
  await Promise.all(opened.splice(-1).map(closeServer));
  return port;
}

const taken = ({ setting, port }: NeededPort) =>
  `port ${port} is already in use: choose another one with ${setting}=<port>`;

test('free ports are no problem, and are free afterwards', async () => {
  const port = await freePort();
  expect(await portProblems([{ setting: 'PORT', port }])).toEqual([]);
  expect(await portProblems([{ setting: 'PORT', port }])).toEqual([]);
});

test('every taken port is told, in order, and the free ones are not', async () => {
  const first: NeededPort = { setting: 'PORT', port: await takenPort() };
  const free: NeededPort = { setting: 'RECOMMENDATIONS_PORT', port: await freePort() };
  const last: NeededPort = { setting: 'OPS_PORT', port: await takenPort() };
  expect(await portProblems([first, free, last])).toEqual([taken(first), taken(last)]);
});

test('two settings with the same port are a problem of the second', async () => {
  const port = await freePort();
  const second: NeededPort = { setting: 'OPS_PORT', port };
  expect(await portProblems([{ setting: 'PORT', port }, second])).toEqual([taken(second)]);
});
