import fs from 'node:fs';
import path from 'node:path';

/** Source of this package: no tests, no build output, and not the packages inside its folder. */
const SOURCES = fs
  .readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) =>
    /^(?!.*(?:node_modules|dist|fingerprint)[\\/]).*(?<!\.test|\.d)\.ts$/.test(file),
  )
  .map((file) => ({ file, text: fs.readFileSync(path.join(__dirname, file), 'utf8') }));

const filesWith = (pattern: RegExp) =>
  SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

test('there are sources to look at', () => expect(SOURCES.length).toBeGreaterThan(30));

test('no provider is imported by its index, which takes ten times the memory', () => {
  expect(filesWith(/from '@cdktf\/provider-[a-z]+'/)).toEqual([]);
});

test('nothing but a main.ts touches the process', () => {
  const files = filesWith(/\bprocess\.|from 'node:process'/);
  expect(files.filter((file) => path.basename(file) !== 'main.ts')).toEqual([]);
});

test('what is pure knows no framework, file, clock or randomness', () => {
  const pure =
    /^(?:environments|policy\/(?!policy\.ts)|cluster\/(?:firewall|node-permissions)|network\/(?:cidr|subnet-plan)|nodes\/(?:disk-budget|limits|template|node-values)\.ts)/;
  const impure = filesWith(/from '(?:cdktf|constructs|node:|@cdktf)|\bDate\b|Math\.random/);
  expect(impure.filter((file) => pure.test(file))).toEqual([]);
});

test('no stack reads another stack but through its outputs', () => {
  for (const { file, text } of SOURCES.filter(({ file }) => file.startsWith('stacks'))) {
    const imported = [...text.matchAll(/import (type )?\{([^}]*)\} from '\.\/(\w[\w-]*)'/g)];
    for (const [, type, names, from] of imported) {
      if (from === 'driftless-stack') continue;
      expect([file, type, names]).toEqual([file, 'type ', expect.stringMatching(/^ \w+Outputs $/)]);
    }
  }
});
