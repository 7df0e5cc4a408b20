import type { Category } from '@driftless/catalog';
import type { RecommendationReason } from '@driftless/proto';

/** What a page asks for. */
export type Question =
  | {
      readonly for: 'reader';
      readonly readerId: number;
      readonly category: Category;
      readonly count: number;
    }
  | { readonly for: 'book'; readonly bookId: number; readonly count: number };

/** A book as the recommender named it; its id may be unknown to this process's catalogue. */
export interface RecommendedBook {
  readonly id: number;
  readonly title: string;
  readonly author: string;
  readonly reason: RecommendationReason | null;
}

/** Which process of the recommender answered. Empty strings where it did not say. */
export interface ServedBy {
  readonly pod: string;
  readonly node: string;
  readonly zone: string;
  readonly version: string;
  readonly commit: string;
}

/** Books with where they come from. */
export interface Books {
  readonly books: readonly RecommendedBook[];
  readonly servedBy: ServedBy;
  /** Duration of the call that brought them, in ms. */
  readonly rpcMs: number;
}

/**
 * What a page gets: never an exception. No recommendations is a state of the page.
 * - `called`: asked just now; `cached`: asked at most RECOMMENDATIONS_CACHE_MS ago;
 * - `last-good`: the recommender does not answer, this is what it said `ageMs` ago;
 * - `unavailable`: it does not answer and nothing is remembered.
 *
 * `reason` is the gRPC status code's name, or `CIRCUIT_OPEN` when the recommender has failed so
 * often that it is left alone for a moment.
 */
export type Answer =
  | (Books & { readonly state: 'called'; readonly attempts: number })
  | (Books & { readonly state: 'cached'; readonly ageMs: number })
  | (Books & { readonly state: 'last-good'; readonly ageMs: number; readonly reason: string })
  | { readonly state: 'unavailable'; readonly reason: string };
