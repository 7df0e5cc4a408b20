import type { Book } from './book';
import books from './books.json';
import { type Catalog, createCatalog } from './catalog';

export { type Book, CATEGORIES, type Category } from './book';
export { type Catalog, createCatalog } from './catalog';
export type { Search, SearchOptions } from './search';
export { SUBJECTS, type Subject } from './subjects';

/** The shop's own books, read from books.json and deeply frozen. */
export const catalog: Catalog = createCatalog(books as readonly Book[]);
