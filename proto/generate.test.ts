import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

jest.setTimeout(20_000);

let folder: string;

/** A copy of this package that may be changed. */
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'proto-test-'));
  for (const name of ['gen', 'generate.ts', 'loader-options.ts', 'recommendations.proto']) {
    cpSync(path.join(__dirname, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(__dirname, 'node_modules'), path.join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inCopy = (name: string) => path.join(folder, name);

function edit(name: string, search: string, replacement: string): void {
  const text = readFileSync(inCopy(name), 'utf8');
  expect(text).toContain(search);
  writeFileSync(inCopy(name), text.replace(search, replacement));
}

function generate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', 'tsx/cjs', inCopy('generate.ts'), ...args],
    { cwd: __dirname, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

const isStale = {
  status: 1,
  stdout: '',
  stderr: 'proto/gen/ is not what proto/recommendations.proto says: run `pnpm proto:generate`\n',
};

test('the types in the repository are those of the proto', () => {
  expect(generate('--check')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('the check fails, and changes nothing, when a generated file was touched', () => {
  appendFileSync(inCopy('gen/BookCategory.ts'), '\n');
  const touched = readFileSync(inCopy('gen/BookCategory.ts'), 'utf8');
  expect(generate('--check')).toEqual(isStale);
  expect(readFileSync(inCopy('gen/BookCategory.ts'), 'utf8')).toBe(touched);
});

test('the check fails when the proto says more than the types', () => {
  edit('recommendations.proto', 'CHILDREN = 11;', 'CHILDREN = 11; POETRY = 12;');
  expect(generate('--check')).toEqual(isStale);
});

test('the types are made with the options of the loader', () => {
  edit('loader-options.ts', 'keepCase: false', 'keepCase: true');
  expect(generate('--check')).toEqual(isStale);
  expect(generate().status).toBe(0);
  expect(readFileSync(inCopy('gen/RecommendationRequest.ts'), 'utf8')).toContain("'user_id'");
});

test('generating repairs whatever was done to the types, and names the command in each file', () => {
  appendFileSync(inCopy('gen/BookCategory.ts'), '\n');
  rmSync(inCopy('gen/contract.ts'));
  writeFileSync(inCopy('gen/Shelf.ts'), '');
  expect(generate()).toEqual({ status: 0, stdout: '', stderr: '' });
  const names = readdirSync(path.join(__dirname, 'gen'));
  expect(readdirSync(inCopy('gen'))).toEqual(names);
  for (const name of names) {
    const text = readFileSync(inCopy(`gen/${name}`), 'utf8');
    expect(text).toBe(readFileSync(path.join(__dirname, 'gen', name), 'utf8'));
    expect(text).toMatch(/^\/\/ Generated from .* by `pnpm proto:generate`; do not edit\.\n/);
  }
});
