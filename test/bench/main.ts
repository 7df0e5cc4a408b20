import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { makeMutualTls } from './certificates';
import {
  startHello,
  startMarketplace,
  startPlain,
  startRecommendations,
  VISITORS,
} from './contestants';
import { newVisitors, putLoad } from './load';
import { residentMib } from './process-figures';
import { type Contestant, compare, urlOf } from './rounds';
import { table } from './table';

const HELP = `Usage: pnpm bench [--seconds N] [--rounds N]

Measures the built services on this machine, side by side with two peers, and prints Markdown
(docs/performance.md keeps it). Takes some minutes; nothing else should run meanwhile.

  --seconds N  how long each load runs (default 4)
  --rounds N   how often each is repeated, in turn; medians are shown (default 5)`;

interface Options {
  readonly seconds: number;
  readonly rounds: number;
}

const WARM_UP_S = 3;

/** As many as the peers were measured with. */
const CONNECTIONS = 64;

const figure = (value: number, digits = 0) => (Number.isNaN(value) ? '–' : value.toFixed(digits));

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      seconds: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '5' },
    },
  });
  if (values.help) return undefined;
  const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
  if (seconds >= 1 && rounds >= 1) return { seconds, rounds };
  throw new RangeError(
    `--seconds and --rounds must be at least 1, got ${values.seconds} and ${values.rounds}`,
  );
}

/** The home page beside its peers, at three numbers of connections. */
async function closedLoop(contestants: readonly Contestant[], options: Options): Promise<void> {
  const rows: string[][] = [];
  for (const connections of [1, CONNECTIONS, 1_000]) {
    const figures = await compare(contestants, { ...options, connections });
    for (const [index, { name }] of contestants.entries()) {
      const result = figures[index];
      if (!result) continue;
      rows.push([
        name,
        String(connections),
        figure(result.requestsPerSecond),
        figure(result.ratio, 2),
        figure(result.cpuUs),
        figure(result.callsPerRequest, 2),
        figure(result.p50, 1),
        figure(result.p99, 1),
        String(result.failures),
      ]);
    }
  }
  console.log('\n## Closed loop\n');
  console.log(
    table(
      [
        '',
        'connections',
        'requests/s',
        'ratio',
        'CPU µs/request',
        'calls/request',
        'p50 ms',
        'p99 ms',
        'failed',
      ],
      rows,
    ),
  );
}

/** Clients that do not wait for each other: 1,000 connections at a fixed 3,000 requests a second. */
async function openLoop(contestants: readonly Contestant[], { seconds }: Options): Promise<void> {
  const rows: string[][] = [];
  for (const { name, process, cookies } of contestants) {
    const result = await putLoad({
      url: urlOf(process),
      connections: 1_000,
      rate: 3_000,
      seconds: seconds * 3,
      ...(cookies && { cookies }),
    });
    rows.push([
      name,
      figure(result.requestsPerSecond),
      figure(result.p50, 1),
      figure(result.p99, 1),
      String(result.failures),
    ]);
  }
  console.log('\n## Open loop: 1,000 connections, 3,000 requests/s\n');
  console.log(table(['', 'requests/s', 'p50 ms', 'p99 ms', 'failed'], rows));
}

/** What mutual TLS costs a page that makes one call. */
async function mutualTls(options: Options): Promise<void> {
  const tls = makeMutualTls();
  const noCache = { RECOMMENDATIONS_CACHE_MS: '0' };
  const [plainServer, tlsServer] = [
    await startRecommendations(),
    await startRecommendations(tls.recommendations),
  ];
  const pages = [
    await startMarketplace(plainServer, noCache),
    await startMarketplace(tlsServer, { ...noCache, ...tls.marketplace }),
  ];
  const contestants: Contestant[] = [];
  for (const [index, name] of ['plaintext', 'mutual TLS'].entries()) {
    const process = pages[index];
    if (process)
      contestants.push({ name, process, cookies: await newVisitors(urlOf(process), VISITORS) });
  }
  await compare(contestants, { seconds: WARM_UP_S, rounds: 1, connections: CONNECTIONS });
  const figures = await compare(contestants, { ...options, connections: CONNECTIONS });
  console.log(`\n## Home, one RPC a request, ${CONNECTIONS} connections\n`);
  console.log(
    table(
      ['', 'requests/s', 'ratio', 'CPU µs/request', 'calls/request', 'failed'],
      figures.map((result, index) => [
        contestants[index]?.name ?? '',
        figure(result.requestsPerSecond),
        figure(result.ratio, 2),
        figure(result.cpuUs),
        figure(result.callsPerRequest, 2),
        String(result.failures),
      ]),
    ),
  );
  await Promise.all([plainServer, tlsServer, ...pages].map((each) => each.stop()));
  tls.remove();
}

/** How long from nothing to ready, and how much memory then. */
async function startUp(): Promise<void> {
  const rows: string[][] = [];
  const recommendations = await startRecommendations();
  for (const [name, start] of [
    ['Express hello', startHello],
    ['recommendations', () => startRecommendations()],
    ['marketplace', () => startMarketplace(recommendations)],
  ] as const) {
    const startedAt = performance.now();
    const process = await start();
    rows.push([name, figure(performance.now() - startedAt), figure(residentMib(process))]);
    await process.stop();
  }
  await recommendations.stop();
  console.log('\n## Start\n');
  console.log(table(['', 'ready after ms', 'idle memory MiB'], rows));
}

async function main(options: Options): Promise<void> {
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
  await startUp();

  const recommendations = await startRecommendations();
  const hello = await startHello();
  const plain = await startPlain(recommendations);
  const cached = await startMarketplace(recommendations);
  const uncached = await startMarketplace(recommendations, { RECOMMENDATIONS_CACHE_MS: '0' });
  const contestants: Contestant[] = [
    { name: 'Express hello', process: hello },
    {
      name: 'home, cache on',
      process: cached,
      cookies: await newVisitors(urlOf(cached), VISITORS),
    },
    {
      name: 'home, one RPC a request',
      process: uncached,
      cookies: await newVisitors(urlOf(uncached), VISITORS),
    },
    { name: 'plain Express, Nunjucks, grpc-js', process: plain },
  ];
  await compare(contestants, { seconds: WARM_UP_S, rounds: 1, connections: CONNECTIONS });
  await closedLoop(contestants, options);
  await openLoop(contestants, options);
  await Promise.all([recommendations, hello, plain, cached, uncached].map((each) => each.stop()));
  await mutualTls(options);
}

const options = readOptions();
if (options) void main(options);
else console.log(HELP);
