import type { Step } from '../path/field-path';
import { field, indexed, renderPath } from '../path/field-path';
import { below, type Ignoring, parseIgnorePath, splitIgnoreList } from './ignore-path';

const name = (text: string): Step => ({ kind: 'field', name: text });
const element = (key: string, value: string): Step => ({
  kind: 'element',
  keys: [[key, value]],
  occurrence: 0,
});

function ignoring(path: string, ...steps: readonly Step[]): Ignoring {
  return steps.reduce<Ignoring>(
    (paths, step) => (paths === 'all' ? 'all' : below(paths, step)),
    [parseIgnorePath(path)],
  );
}

test.each<[string, Step[]]>([
  ['spec.replicas', [name('spec'), name('replicas')]],
  ['spec.replicas', [name('spec'), name('replicas'), name('below')]],
  [
    'spec.containers[name=web].image',
    [name('spec'), name('containers'), element('name', 'web'), name('image')],
  ],
  ['spec.mounts[path="/a,b]\\""]', [name('spec'), name('mounts'), element('path', '/a,b]"')]],
  ['a[*].b', [name('a'), element('name', 'x'), name('b')]],
  ['a[*]', [name('a'), name('key')]],
  ['a[3]', [name('a'), { kind: 'index', index: 3 }]],
  ['a["x.y/z"]', [name('a'), name('x.y/z')]],
  ['add["NET_ADMIN"]', [name('add'), { kind: 'member', value: 'NET_ADMIN' }]],
  [
    'a[p=1,q=TCP]',
    [
      name('a'),
      {
        kind: 'element',
        keys: [
          ['p', 1],
          ['q', 'TCP'],
        ],
        occurrence: 0,
      },
    ],
  ],
  [
    'a[q=TCP]',
    [
      name('a'),
      {
        kind: 'element',
        keys: [
          ['p', 1],
          ['q', 'TCP'],
        ],
        occurrence: 0,
      },
    ],
  ],
])('%s names that place', (path, steps) => {
  expect(ignoring(path, ...steps)).toBe('all');
});

test.each<[string, Step[]]>([
  ['spec.replicas', [name('spec')]],
  ['spec.replicas', [name('spec'), name('replica')]],
  ['spec.containers[name=web]', [name('spec'), name('containers'), element('name', 'webs')]],
  ['a[3]', [name('a'), { kind: 'index', index: 4 }]],
  ['a[3]', [name('a'), name('3')]],
])('%s does not name another place', (path, steps) => {
  expect(ignoring(path, ...steps)).not.toBe('all');
});

test.each([
  ['', 1],
  ['.spec', 1],
  ['spec.', 5],
  ['spec..a', 5],
  ['[name=a]', 1],
  ['a[', 2],
  ['a[]', 2],
  ['a[name]', 2],
  ['a[name=]', 2],
  ['/spec/replicas', 1],
  ['spec replicas', 5],
  ['a["x]', 2],
  ['a[-1]', 2],
])('refuses %j at character %i', (path, at) => {
  expect(() => parseIgnorePath(path)).toThrow(`which cannot be read from character ${at}`);
});

test('a list is separated by commas outside brackets', () => {
  expect(splitIgnoreList(' spec.replicas, a[p=1,q=2].b ,c["x,y"]')).toEqual([
    'spec.replicas',
    'a[p=1,q=2].b',
    'c["x,y"]',
  ]);
  expect(splitIgnoreList('')).toEqual([]);
});

test('a place is written as the path that ignores it', () => {
  const steps: Step[] = [
    name('spec'),
    name('a.b/c'),
    element('mountPath', '/x y'),
    { kind: 'member', value: 'Q"' },
  ];
  const path = steps.reduce(
    (parent: ReturnType<typeof field> | undefined, step) => ({ parent, step }),
    undefined,
  );
  expect(renderPath(path)).toBe('spec["a.b/c"][mountPath="/x y"]["Q\\""]');
  expect(ignoring(renderPath(path), ...steps)).toBe('all');
  expect(renderPath(indexed(field(undefined, 'rules'), 2))).toBe('rules[2]');
});
