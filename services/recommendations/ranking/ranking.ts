import type { Book } from '@driftless/catalog';
import { createBookIndex } from './book-index';
import type { RankedBook } from './ranked-book';
import { type ReaderRequest, selectForReader } from './reader-selection';
import { findSimilar, type SimilarRequest } from './similar-books';

export type { RankedBook, Reason } from './ranked-book';
export type { ReaderRequest } from './reader-selection';
export type { SimilarRequest } from './similar-books';

/** The two questions of a bookshop. Both answers depend on nothing but books and request. */
export interface Ranking {
  /** A varied selection from one category; empty for a category without books. */
  readonly forReader: (request: ReaderRequest) => RankedBook[];
  /** The most similar books, best first; `undefined` for an unknown book. */
  readonly similarTo: (request: SimilarRequest) => RankedBook[] | undefined;
}

/** A ranking over `books`, whose ids must be unique; indexes them once. */
export function createRanking(books: readonly Book[]): Ranking {
  const index = createBookIndex(books);
  return {
    forReader: (request) => selectForReader(index, request),
    similarTo: (request) => findSimilar(index, request),
  };
}
