import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onFileChange } from './file-changes';

/** Longer than the watcher waits for an editor to finish. */
const SETTLED_MS = 300;

let folder: string;
let stopWatching: () => void = () => undefined;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'file-changes-')));
  for (const name of ['http', 'node_modules', 'dist', '.cache']) mkdirSync(path.join(folder, name));
});
afterEach(() => {
  stopWatching();
  rmSync(folder, { recursive: true });
});

const write = (name: string) => writeFileSync(path.join(folder, name), String(Math.random()));

async function watched(onChange: (file: string) => Promise<void> = async () => undefined) {
  const changes: string[] = [];
  stopWatching = onFileChange([folder], async (file) => {
    changes.push(file);
    await onChange(file);
  });
  // The folders within are found and watched a moment later.
  await delay(20);
  return changes;
}

test('a file that is written in several steps is one change', async () => {
  const changes = await watched();
  for (let step = 0; step < 5; step += 1) {
    write('http/page.ts');
    await delay(5);
  }
  await delay(SETTLED_MS);
  expect(changes).toEqual([path.join('http', 'page.ts')]);
});

test('what tools write is not a change', async () => {
  const changes = await watched();
  for (const name of [
    'node_modules/index.js',
    'dist/main.js',
    '.cache/entry',
    '.page.ts.swp',
    'tsconfig.tsbuildinfo',
  ]) {
    write(name);
  }
  await delay(SETTLED_MS);
  expect(changes).toEqual([]);
});

test('a change during the answer to another one waits for its turn', async () => {
  let running = 0;
  let mostRunning = 0;
  const changes = await watched(async () => {
    running += 1;
    mostRunning = Math.max(mostRunning, running);
    await delay(SETTLED_MS);
    running -= 1;
  });
  write('first.ts');
  while (changes.length === 0) await delay(5);
  write('second.ts');
  while (changes.length === 1) await delay(5);
  expect(changes).toEqual(['first.ts', 'second.ts']);
  expect(mostRunning).toBe(1);
});

test('nothing is a change any more after watching has stopped', async () => {
  const changes = await watched();
  write('first.ts');
  await delay(20);
  stopWatching();
  write('second.ts');
  await delay(SETTLED_MS);
  expect(changes).toEqual([]);
});
