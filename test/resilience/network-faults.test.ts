import {
  type RunningMarketplace,
  type RunningRecommendations,
  startMarketplace,
  startRecommendations,
} from '../site';
import { type Direction, type Fault, FaultProxy } from './fault-proxy';
import { type SeenPage, seePage, timeToRecover } from './page-states';

const DEADLINE_MS = 300;

/** What a page may take beside waiting for recommendations. */
const PAGE_MS = 100;

const RECOVERY_LIMIT_MS = 5_000;

/** Waits out a fault that only makes calls slow. */
const PATIENT_DEADLINE_MS = 5_000;

/** More than the breaker's five failures, so that pages before and after it opens are seen. */
const PAGES = 8;

let recommendations: RunningRecommendations;

beforeAll(async () => {
  recommendations = await startRecommendations();
});

afterAll(() => recommendations.close());

/** A marketplace that reaches the recommender over a network of its own. */
async function withNetwork(
  deadlineMs: number,
  work: (site: RunningMarketplace, network: FaultProxy) => Promise<void>,
): Promise<void> {
  const network = new FaultProxy(recommendations.port);
  await network.listen();
  const site = await startMarketplace(network.port, {
    RECOMMENDATIONS_DEADLINE_MS: String(deadlineMs),
    RECOMMENDATIONS_CACHE_MS: '0',
  });
  try {
    expect(await timeToRecover(site.url, RECOVERY_LIMIT_MS)).toBeLessThan(RECOVERY_LIMIT_MS);
    await work(site, network);
  } finally {
    await site.close();
    await network.close();
  }
}

/** Pages of new visitors, one after the other, so that their times are not each other's. */
async function seePages({ url }: RunningMarketplace): Promise<SeenPage[]> {
  const pages: SeenPage[] = [];
  for (let page = 0; page < PAGES; page += 1) pages.push(await seePage(url));
  return pages;
}

const HARMLESS: Fault[] = [
  { kind: 'latency', ms: 40 },
  { kind: 'bandwidth', bytesPerSecond: 100_000 },
  { kind: 'slicing', bytes: 29 },
  { kind: 'slow-close', ms: 2_000 },
];

const HARMFUL: Fault[] = [
  { kind: 'latency', ms: 1_000 },
  { kind: 'bandwidth', bytesPerSecond: 20 },
  { kind: 'time-out' },
  { kind: 'reset' },
  { kind: 'truncation', bytes: 11 },
  { kind: 'down' },
];

const inBothDirections = (faults: Fault[]) =>
  faults.flatMap((fault) =>
    (['request', 'answer'] as Direction[]).map(
      (direction) => [fault.kind, direction, fault] as const,
    ),
  );

describe('a network that fails', () => {
  it.concurrent.each(inBothDirections(HARMLESS))(
    'a little (%s of the %s) costs no recommendation',
    (_kind, direction, fault) =>
      withNetwork(PATIENT_DEADLINE_MS, async (site, network) => {
        await network.inject(fault, direction);
        const pages = await seePages(site);
        expect(pages.map(({ status, state }) => [status, state])).toEqual(
          pages.map(() => [200, 'called']),
        );
      }),
  );

  it.concurrent.each(inBothDirections(HARMFUL))(
    'badly (%s of the %s) costs no page, and no more time than the deadline',
    (_kind, direction, fault) =>
      withNetwork(DEADLINE_MS, async (site, network) => {
        await network.inject(fault, direction);
        const pages = await seePages(site);
        await network.heal();
        expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
        expect(Math.max(...pages.map(({ durationMs }) => durationMs))).toBeLessThan(
          DEADLINE_MS + PAGE_MS,
        );
        expect(pages.at(-1)?.state).toBe('last-good');
        expect(await timeToRecover(site.url, RECOVERY_LIMIT_MS)).toBeLessThan(RECOVERY_LIMIT_MS);
      }),
  );
});

describe('a recommender that was never there', () => {
  it('costs the section, not the page', async () => {
    const lonely = await startMarketplace(1, {
      RECOMMENDATIONS_DEADLINE_MS: String(DEADLINE_MS),
    });
    const page = await seePage(lonely.url);
    expect(page).toMatchObject({ status: 200, state: 'unavailable' });
    expect(page.durationMs).toBeLessThan(DEADLINE_MS + PAGE_MS);
    expect(lonely.log.filter(({ msg }) => msg === 'no recommendations')).toHaveLength(1);
    await lonely.close();
  });
});
