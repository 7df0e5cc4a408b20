import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const DOCUMENTS = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** What pnpm does by itself, and the programs of packages that documents call by name. */
const NOT_SCRIPTS = new Set(['install', 'jest', 'lefthook']);

describe('the documents', () => {
  const scripts = new Set(Object.keys(JSON.parse(read('package.json')).scripts));

  it.each(DOCUMENTS)('%s names only scripts that there are', (document) => {
    const named = [...read(document).matchAll(/\bpnpm(?:@[\d.]+)? ([a-z][\w:-]*)/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named.filter((name) => !scripts.has(name) && !NOT_SCRIPTS.has(name))).toEqual([]);
  });

  it.each(DOCUMENTS)('%s links only to files that there are', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
      ([, to]) => to ?? '',
    );
    const missing = links.filter((to) => !existsSync(path.join(ROOT, path.dirname(document), to)));
    expect(missing).toEqual([]);
  });

  it('show the two commands with the version that the workspace pins', () => {
    const { packageManager } = JSON.parse(read('package.json'));
    for (const script of ['start', 'test']) {
      expect(read('README.md')).toContain(`npx -y ${packageManager} ${script}`);
    }
  });

  it('keep the README short', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });

  it('name every setting of a service in the README', () => {
    const settings = [
      'services/runtime/config.ts',
      'services/marketplace/settings.ts',
      'services/recommendations/settings.ts',
    ]
      .flatMap((file) => [...read(file).matchAll(/^ {2,6}([A-Z][A-Z_]+): /gm)])
      .map(([, name]) => name ?? '');
    const readme = read('README.md');
    const isNamed = (name: string) =>
      readme.includes(`\`${name}\``) ||
      readme.includes(`\`…${name.replace(/^RECOMMENDATIONS/, '')}\``);
    expect(settings.length).toBeGreaterThan(20);
    expect(settings.filter((name) => !isNamed(name))).toEqual([]);
  });
});
