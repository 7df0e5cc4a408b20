import { type Book, CATEGORIES, SUBJECTS } from '@driftless/catalog';
import { createSeed, mix32 } from './shuffle';

/** Shape of the catalogue to generate. */
export interface GeneratedBooksOptions {
  readonly count: number;
  /** Same seed, same books. Default 0. */
  readonly seed?: number;
  /** Books per author on average. Default 4. */
  readonly booksPerAuthor?: number;
  /** Put all books on the first shelf. Default false: as many on each. */
  readonly isOneCategory?: boolean;
}

function pickSubjects(draw: (use: number) => number): Book['subjects'] {
  const wanted = 3 + Math.floor(4 * draw(0));
  const subjects = new Set<Book['subjects'][number]>();
  // Squared, so that some subjects are common and some rare, as on real shelves.
  for (let use = 1; subjects.size < wanted; use += 1) {
    subjects.add(SUBJECTS[Math.floor(SUBJECTS.length * draw(use) ** 2)] ?? SUBJECTS[0]);
  }
  return [...subjects];
}

/** Books with ids 1 … `count` for the benchmark and the tests: made up, but of real shape. */
export function generateBooks({
  count,
  seed = 0,
  booksPerAuthor = 4,
  isOneCategory = false,
}: GeneratedBooksOptions): Book[] {
  const authors = Math.ceil(count / booksPerAuthor);
  return Array.from({ length: count }, (_, at) => {
    const draw = (use: number): number => mix32(createSeed('books', seed, at, use)) / 2 ** 32;
    return {
      id: at + 1,
      title: `Title ${at + 1}`,
      author: `Author ${Math.floor(authors * draw(-1))}`,
      year: 2000,
      category: CATEGORIES[isOneCategory ? 0 : at % CATEGORIES.length] ?? CATEGORIES[0],
      subjects: pickSubjects(draw),
    };
  });
}
