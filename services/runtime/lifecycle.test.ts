import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Lifecycle } from './lifecycle';
import { createLogger } from './log';

const NO_DRAIN_MS = 0;
const CLOSE_LIMIT_MS = 20;

function lifecycleWith({ drainMs = NO_DRAIN_MS }: { drainMs?: number } = {}) {
  const entries: Record<string, unknown>[] = [];
  const log = createLogger({ service: 'books', pod: 'pod-1' }, 'info', {
    write: (line) => void entries.push(JSON.parse(line)),
  });
  return { lifecycle: new Lifecycle(log, drainMs, CLOSE_LIMIT_MS), entries };
}

const never = () => new Promise<void>(() => undefined);

test('a service is starting, then ready, then draining, then stopped', async () => {
  const { lifecycle } = lifecycleWith({ drainMs: 5 });
  expect(lifecycle).toMatchObject({ state: 'starting', isReady: false, isDraining: false });
  lifecycle.markReady();
  expect(lifecycle).toMatchObject({ state: 'ready', isReady: true, isDraining: false });
  const stopped = lifecycle.stop('SIGTERM');
  expect(lifecycle).toMatchObject({ state: 'draining', isReady: false, isDraining: true });
  await stopped;
  expect(lifecycle).toMatchObject({ state: 'stopped', isReady: false, isDraining: false });
});

test('a service that is stopping does not become ready again', async () => {
  const { lifecycle } = lifecycleWith({ drainMs: 5 });
  const stopped = lifecycle.stop('SIGTERM');
  lifecycle.markReady();
  expect(lifecycle.isReady).toBe(false);
  await stopped;
  lifecycle.markReady();
  expect(lifecycle.state).toBe('stopped');
});

test('what was registered last is closed first, one after another', async () => {
  const { lifecycle } = lifecycleWith();
  const events: string[] = [];
  for (const name of ['tracing', 'database', 'server']) {
    lifecycle.onClose(name, async () => {
      events.push(`${name} closing`);
      await delay(2);
      events.push(`${name} closed`);
    });
  }
  await lifecycle.stop('SIGTERM');
  expect(events).toEqual([
    'server closing',
    'server closed',
    'database closing',
    'database closed',
    'tracing closing',
    'tracing closed',
  ]);
});

test('a ready service is told at once and drains before anything is closed', async () => {
  const drainMs = 40;
  const { lifecycle } = lifecycleWith({ drainMs });
  const events: string[] = [];
  lifecycle.onDrain(() => events.push(`drain while ${lifecycle.state}`));
  lifecycle.onClose('server', async () => void events.push(`close while ${lifecycle.state}`));
  lifecycle.markReady();
  const stopped = lifecycle.stop('SIGTERM');
  expect(events).toEqual(['drain while draining']);
  await delay(drainMs / 4);
  expect(events).toHaveLength(1);
  await stopped;
  expect(events).toEqual(['drain while draining', 'close while draining']);
});

test('a service that was never ready has nobody to drain', async () => {
  const { lifecycle } = lifecycleWith({ drainMs: 60_000 });
  await lifecycle.stop('SIGTERM');
  expect(lifecycle.state).toBe('stopped');
});

test('stopping twice is one stop and one promise', async () => {
  const { lifecycle, entries } = lifecycleWith();
  const closed: string[] = [];
  lifecycle.onClose('server', async () => void closed.push('server'));
  const first = lifecycle.stop('SIGTERM');
  expect(lifecycle.stop('SIGINT')).toBe(first);
  await first;
  expect(lifecycle.stop('SIGINT')).toBe(first);
  expect(closed).toEqual(['server']);
  expect(entries.map(({ msg, reason }) => [msg, reason])).toEqual([
    ['draining', 'SIGTERM'],
    ['stopped', undefined],
  ]);
});

test.each([
  ['hangs', never, { msg: 'did not close in time', limitMs: CLOSE_LIMIT_MS }],
  ['fails', () => Promise.reject(new Error('gone')), { msg: 'closing failed' }],
  [
    'throws',
    () => {
      throw new Error('gone');
    },
    { msg: 'closing failed' },
  ],
])('the others are closed when one %s, and the log names it', async (_, close, entry) => {
  const { lifecycle, entries } = lifecycleWith();
  const closed: string[] = [];
  lifecycle.onClose('first', async () => void closed.push('first'));
  lifecycle.onClose('bad', close);
  lifecycle.onClose('last', async () => void closed.push('last'));
  await lifecycle.stop('SIGTERM');
  expect(closed).toEqual(['last', 'first']);
  expect(entries.filter(({ level }) => level === 'error')).toEqual([
    expect.objectContaining({ name: 'bad', ...entry }),
  ]);
});

test('everything is closed when a drain listener throws', async () => {
  const { lifecycle, entries } = lifecycleWith();
  const events: string[] = [];
  lifecycle.onDrain(() => {
    throw new Error('gone');
  });
  lifecycle.onDrain(() => events.push('told'));
  lifecycle.onClose('server', async () => void events.push('closed'));
  await lifecycle.stop('SIGTERM');
  expect(events).toEqual(['told', 'closed']);
  expect(entries.find(({ level }) => level === 'error')).toMatchObject({
    err: { message: 'gone' },
  });
});

test('the process does not end before the rest is closed when what hangs holds nothing', () => {
  const fixture = path.join(__dirname, 'fixtures/hanging-close.ts');
  const { stdout } = spawnSync(process.execPath, ['--require', 'tsx/cjs', fixture], {
    cwd: __dirname,
    encoding: 'utf8',
  });
  expect(stdout).toBe('closed\n');
});
