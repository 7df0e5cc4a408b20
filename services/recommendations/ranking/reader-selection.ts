import type { Category } from '@driftless/catalog';
import type { BookIndex, IndexedBook } from './book-index';
import type { RankedBook } from './ranked-book';
import { createSeed, shuffle } from './shuffle';

/** Who asks for what. */
export interface ReaderRequest {
  /** Any int32; unknown readers are readers too. */
  readonly readerId: number;
  readonly category: Category;
  /** Calendar day as `YYYY-MM-DD`; another day gives another selection. */
  readonly day: string;
  /** Most books in the answer; 0 or less gives none. */
  readonly count: number;
}

/**
 * How far ahead to look for a book unlike the last ones. More than any author has books in one
 * category, so that two of one author never meet while there is another choice.
 */
const LOOK_AHEAD = 32;

/** How many of the last books a new one should not share its author with: a page of them. */
const RECENT = 8;

/** What each likeness counts; a heavier one is never traded for lighter ones. */
const CLASH = { latestAuthor: 4, recentAuthor: 2, latestSubjects: 1 } as const;

/**
 * Whether two books share more than half of the subjects of the one with fewer. A lower bar
 * would starve what is typical: nearly all of MYSTERY shares `detective` and `murder`.
 */
function looksAlike(left: IndexedBook, right: IndexedBook): boolean {
  const shared = left.subjects.filter((subject) => right.subjects.includes(subject));
  return shared.length * 2 > Math.min(left.subjects.length, right.subjects.length);
}

/** How badly `candidate` fits after `recent` (latest last): 0 is well. */
function measureClash(candidate: IndexedBook, recent: readonly IndexedBook[]): number {
  const latest = recent.at(-1);
  if (!latest) return 0;
  const isBySame = ({ book }: IndexedBook) => book.author === candidate.book.author;
  return (
    (isBySame(latest) ? CLASH.latestAuthor : 0) +
    (recent.some(isBySame) ? CLASH.recentAuthor : 0) +
    (looksAlike(latest, candidate) ? CLASH.latestSubjects : 0)
  );
}

/** The place in `waiting` of the first book that clashes least; 0 when nothing waits. */
function findBestPlace(waiting: readonly IndexedBook[], recent: readonly IndexedBook[]): number {
  let bestPlace = 0;
  let leastClash = Number.POSITIVE_INFINITY;
  for (const [place, candidate] of waiting.entries()) {
    const clash = measureClash(candidate, recent);
    if (clash >= leastClash) continue;
    leastClash = clash;
    bestPlace = place;
    if (clash === 0) break;
  }
  return bestPlace;
}

/** The books of a category in the order that `seed` decides. */
function* drawBooks(
  index: BookIndex,
  category: Category,
  seed: number,
): Generator<IndexedBook, void> {
  const shelf = index.positionsByCategory.get(category) ?? [];
  for (const place of shuffle(shelf.length, seed)) {
    yield index.books[shelf[place] as number] as IndexedBook;
  }
}

/** All of `drawn` with like books moved apart. Looks only ahead, so a longer answer extends. */
function* spreadApart(drawn: Iterator<IndexedBook, void>): Generator<IndexedBook, void> {
  const waiting: IndexedBook[] = [];
  const recent: IndexedBook[] = [];
  for (;;) {
    while (waiting.length < LOOK_AHEAD) {
      const next = drawn.next();
      if (next.done) break;
      waiting.push(next.value);
    }
    const [best] = waiting.splice(findBestPlace(waiting, recent), 1);
    if (!best) return;
    yield best;
    recent.push(best);
    if (recent.length > RECENT) recent.shift();
  }
}

/**
 * Books of one category for a reader and a day: the same for the same request on any replica,
 * never one twice, another for another reader, every book about as often over many readers.
 * A larger `count` extends a smaller one. Costs O(count), whatever the size of the category.
 */
export function selectForReader(
  index: BookIndex,
  { readerId, category, day, count }: ReaderRequest,
): RankedBook[] {
  const selection: RankedBook[] = [];
  if (!(count > 0)) return selection;
  const seed = createSeed(`${day} ${category}`, readerId);
  for (const { book, subjects } of spreadApart(drawBooks(index, category, seed))) {
    const names = subjects.map(({ name }) => name);
    selection.push({ book, reason: { kind: 'picked-for-you', subjects: names } });
    if (selection.length >= count) break;
  }
  return selection;
}
