import { connect, type Socket } from 'node:net';
import { type RunningMarketplace, startMarketplace } from '../site';

const CLIENTS = 200;

/** A slow client is gone after this; Node's own defaults would keep it for a minute and more. */
const SHED_LIMIT_MS = 15_000;

const DRIP_MS = 500;

let site: RunningMarketplace;

beforeAll(async () => {
  site = await startMarketplace(1);
});

afterAll(() => site.close());

/** Sends a header every now and then, and never the last one. @returns how long it was let, in ms */
function drip(port: number): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
    const timer = setInterval(() => socket.write('X-Slow: 1\r\n'), DRIP_MS);
    socket.on('error', () => undefined).resume();
    socket.on('close', () => {
      clearInterval(timer);
      resolve(performance.now() - startedAt);
    });
  });
}

describe('clients that take their time for the headers', () => {
  it('are shed, and meanwhile others get their pages', async () => {
    const slow = Promise.all(Array.from({ length: CLIENTS }, () => drip(site.port)));
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await fetch(`${site.url}/about`)).status),
    );
    expect(statuses).toEqual(statuses.map(() => 200));
    expect(Math.max(...(await slow))).toBeLessThan(SHED_LIMIT_MS);
  }, 30_000);
});
