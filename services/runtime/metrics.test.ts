import fc from 'fast-check';
import { createRegistry, durationHistogram, type Registry } from './metrics';

const identity = {
  service: 'books',
  version: '1.2.3',
  commit: 'abc1234',
  pod: 'pod-1',
  node: 'node-1',
  zone: 'zone-1',
};

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
/** What Go's ParseFloat takes, which is what Prometheus reads with: `Nan` is a number to it. */
const VALUE = /^(?:[+-]?(?:Inf|\d+(?:\.\d+)?(?:e[+-]?\d+)?)|NaN)$/i;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\[\\n"])*)"(?:,|$)/g;

/**
 * The samples of a text in Prometheus' exposition format, version 0.0.4. Throws at a line that is
 * neither a comment nor a sample.
 */
function parseExposition(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !/^# (HELP|TYPE) [a-zA-Z_:][\w:]* ./.test(line))
    .map((line) => {
      const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? [];
      const matches = [...labels.matchAll(LABEL)];
      if (!name || !VALUE.test(value) || matches.map(([all]) => all).join('') !== labels)
        throw new Error(`not a sample: ${line}`);
      const pairs = matches.map(([, label, text = '']) => [
        label,
        text.replace(/\\(.)/g, (_, char) => (char === 'n' ? '\n' : char)),
      ]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

const samplesOf = async (registry: Registry) => parseExposition(await registry.metrics());

function histogram() {
  const registry = createRegistry(identity);
  const observe = durationHistogram(registry, 'work_duration_seconds', 'Duration of work.', [
    'route',
    'status',
  ]);
  return { registry, observe };
}

test('a registry has the process metrics, and every series carries the service', async () => {
  const samples = await samplesOf(createRegistry(identity));
  expect(samples.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds']),
  );
  for (const { labels } of samples) expect(labels.service).toBe('books');
});

test('service_info says which process this is', async () => {
  const samples = await samplesOf(createRegistry(identity));
  expect(samples.filter(({ name }) => name === 'service_info')).toEqual([
    { name: 'service_info', labels: identity, value: 1 },
  ]);
});

test('two registries do not share series', async () => {
  const first = histogram();
  const second = histogram();
  first.observe('GET /', '200', 5);
  const names = (await samplesOf(second.registry)).map(({ name }) => name);
  expect(names).not.toContain('work_duration_seconds_count');
});

test('a duration in milliseconds is observed in seconds, in cumulative buckets', async () => {
  const { registry, observe } = histogram();
  for (const durationMs of [0.4, 3, 250, 60_000]) observe('GET /books/:id', '200', durationMs);
  const samples = (await samplesOf(registry)).filter(({ name }) => name.startsWith('work_'));
  const buckets = samples.filter(({ name }) => name === 'work_duration_seconds_bucket');
  expect(buckets.map(({ labels, value }) => [labels.le, value])).toEqual([
    ['0.001', 1],
    ['0.0025', 1],
    ['0.005', 2],
    ['0.01', 2],
    ['0.025', 2],
    ['0.05', 2],
    ['0.1', 2],
    ['0.25', 3],
    ['0.5', 3],
    ['1', 3],
    ['2.5', 3],
    ['5', 3],
    ['+Inf', 4],
  ]);
  const sum = samples.find(({ name }) => name === 'work_duration_seconds_sum');
  expect(sum?.value).toBeCloseTo(60.2534);
  expect(sum?.labels).toEqual({ service: 'books', route: 'GET /books/:id', status: '200' });
});

test('there is one series for each pair of labels, whatever the labels contain', async () => {
  const label = fc.string({ unit: fc.constantFrom('a', '"', '\\', ','), maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(label, label), { maxLength: 20 }), async (pairs) => {
      const { registry, observe } = histogram();
      const expected = new Map<string, number>();
      for (const [route, status] of pairs) {
        observe(route, status, 1);
        const key = JSON.stringify([route, status]);
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      const counted = (await samplesOf(registry))
        .filter(({ name }) => name === 'work_duration_seconds_count')
        .map(({ labels, value }) => [JSON.stringify([labels.route, labels.status]), value]);
      expect(counted.sort()).toEqual([...expected].sort());
    }),
    { numRuns: 50 },
  );
});
