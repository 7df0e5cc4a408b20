import type { Book, Category, Subject } from '@driftless/catalog';
import { createBitset } from './bitset';

/**
 * What ranking looks up, built once. Inside it a book is known by its position in `books`.
 */
export interface BookIndex {
  /** Ascending by id, so that no answer depends on the order the books came in. */
  readonly books: readonly IndexedBook[];
  readonly positionOfId: ReadonlyMap<number, number>;
  /** Positions, ascending. */
  readonly positionsByCategory: ReadonlyMap<Category, readonly number[]>;
  readonly authors: ReadonlyMap<string, WeighedAuthor>;
}

/** A book with its subjects ready to compare. */
export interface IndexedBook {
  readonly book: Book;
  /** The rarest first, equals in alphabetical order. One object per subject in the index. */
  readonly subjects: readonly WeighedSubject[];
}

/** A subject and what its rarity makes it worth. */
export interface WeighedSubject {
  readonly name: Subject;
  /** See {@link weighRarity}. */
  readonly weight: number;
  /** The positions of its books, as a bitset. */
  readonly positions: Uint32Array;
}

/** An author and what their rarity makes them worth. */
export interface WeighedAuthor {
  /** See {@link weighRarity}. */
  readonly weight: number;
  /** Ascending. */
  readonly positions: readonly number[];
}

/**
 * What sharing a property is worth when `holders` of `total` books have it: smoothed inverse
 * document frequency, ln(1 + total / holders), in whole thousandths. Whole numbers add up to
 * the same sum in any order and on any replica.
 */
export function weighRarity(total: number, holders: number): number {
  return Math.round(1000 * Math.log1p(total / holders));
}

function groupPositions<Key>(
  books: readonly Book[],
  keysOf: (book: Book) => readonly Key[],
): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  books.forEach((book, position) => {
    for (const key of keysOf(book)) {
      const group = groups.get(key);
      if (group) group.push(position);
      else groups.set(key, [position]);
    }
  });
  return groups;
}

function weighSubjects(books: readonly Book[]): Map<Subject, WeighedSubject> {
  const weighed = new Map<Subject, WeighedSubject>();
  for (const [name, positions] of groupPositions(books, (book) => book.subjects)) {
    const weight = weighRarity(books.length, positions.length);
    weighed.set(name, { name, weight, positions: createBitset(books.length, positions) });
  }
  return weighed;
}

function weighAuthors(books: readonly Book[]): Map<string, WeighedAuthor> {
  const weighed = new Map<string, WeighedAuthor>();
  for (const [author, positions] of groupPositions(books, (book) => [book.author])) {
    weighed.set(author, { weight: weighRarity(books.length, positions.length), positions });
  }
  return weighed;
}

const compareSubjects = (left: WeighedSubject, right: WeighedSubject): number =>
  right.weight - left.weight || (left.name < right.name ? -1 : 1);

/** Indexes `unordered`, whose ids must be unique. Time and memory grow linearly with it. */
export function createBookIndex(unordered: readonly Book[]): BookIndex {
  const books = [...unordered].sort((left, right) => left.id - right.id);
  const weighed = weighSubjects(books);
  const indexBook = (book: Book): IndexedBook => {
    const subjects = book.subjects.map((name) => weighed.get(name) as WeighedSubject);
    return { book, subjects: subjects.sort(compareSubjects) };
  };
  return {
    books: books.map(indexBook),
    positionOfId: new Map(books.map(({ id }, position) => [id, position])),
    positionsByCategory: groupPositions(books, (book) => [book.category]),
    authors: weighAuthors(books),
  };
}
