/**
 * What ranking costs as the catalogue grows. Prints a Markdown table; run it with
 * `npx tsx --conditions driftless-source services/recommendations/ranking/ranking.bench.ts`.
 */
import { CATEGORIES } from '@driftless/catalog';
import { generateBooks } from './generated-books';
import { createRanking, type Ranking } from './ranking';
import { mix32 } from './shuffle';

const SIZES = [100, 1_000, 10_000, 100_000];
const QUERIES = 5_000;
const WARM_UP_QUERIES = 2_000;
const RESULTS_PER_QUERY = 12;

const measureMs = (work: () => void): number => {
  const startedNs = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - startedNs) / 1e6;
};

function measureQueriesMs(ask: (query: number) => void): string {
  for (let query = 0; query < WARM_UP_QUERIES; query += 1) ask(query);
  const timesMs = Array.from({ length: QUERIES }, (_, query) => measureMs(() => ask(query)));
  timesMs.sort((left, right) => left - right);
  const at = (share: number) => (timesMs[Math.floor(share * QUERIES)] ?? Number.NaN).toFixed(3);
  return `${at(0.5)} | ${at(0.99)}`;
}

function measureSize(count: number): string {
  // One shelf for all books: the worst case for a selection from a category.
  const books = generateBooks({ count, isOneCategory: true });
  let ranking: Ranking = createRanking([]);
  const buildMs = measureMs(() => {
    ranking = createRanking(books);
  });
  const category = CATEGORIES[0];
  const forReader = measureQueriesMs((readerId) => {
    ranking.forReader({ readerId, category, day: '2026-01-31', count: RESULTS_PER_QUERY });
  });
  const similarTo = measureQueriesMs((query) => {
    ranking.similarTo({ bookId: 1 + (mix32(query) % count), count: RESULTS_PER_QUERY });
  });
  return `| ${count} | ${buildMs.toFixed(1)} | ${forReader} | ${similarTo} |`;
}

const rows = [
  '| books | build ms | forReader p50 ms | p99 ms | similarTo p50 ms | p99 ms |',
  '|---:|---:|---:|---:|---:|---:|',
  ...SIZES.map(measureSize),
];
process.stdout.write(`${rows.join('\n')}\n`);
