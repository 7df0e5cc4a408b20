import type { Book, Category } from './book';
import { findBadRows } from './book-rules';
import { createSearch, type Search } from './search';

/** The books and what can be asked of them. Immutable; every answer is in catalogue order. */
export interface Catalog {
  /** All books in the order given. */
  readonly books: readonly Book[];
  /** The book with this id, or `undefined` when there is none. */
  readonly find: (id: number) => Book | undefined;
  /** The books on one shelf; empty when there are none. */
  readonly inCategory: (category: Category) => readonly Book[];
  /** See {@link Search}. */
  readonly search: Search;
}

const freezeBook = (book: Book): Book =>
  Object.freeze({ ...book, subjects: Object.freeze([...book.subjects]) });

/**
 * A catalogue of frozen copies of `books`, indexed once.
 * Throws one `Error` that names every bad row and every rule it breaks.
 */
export function createCatalog(books: readonly Book[]): Catalog {
  const badRows = findBadRows(books);
  if (badRows.length > 0) {
    throw new Error(`books must follow the rules of Book, correct these:\n${badRows.join('\n')}`);
  }
  const shelf = Object.freeze(books.map(freezeBook));
  const byId = new Map(shelf.map((book) => [book.id, book]));
  const byCategory = new Map<Category, readonly Book[]>();
  for (const { category } of shelf) {
    if (byCategory.has(category)) continue;
    byCategory.set(category, Object.freeze(shelf.filter((book) => book.category === category)));
  }
  return Object.freeze({
    books: shelf,
    find: (id: number) => byId.get(id),
    inCategory: (category: Category) => byCategory.get(category) ?? [],
    search: createSearch(shelf),
  });
}
