import type { Subject } from './subjects';

/** The shelves of the shop, under the names that the wire contract's `BookCategory` uses. */
export const CATEGORIES = [
  'MYSTERY',
  'SCIENCE_FICTION',
  'SELF_HELP',
  'FANTASY',
  'CLASSICS',
  'HISTORICAL_FICTION',
  'HISTORY',
  'BIOGRAPHY',
  'SCIENCE',
  'PHILOSOPHY',
  'BUSINESS',
  'CHILDREN',
] as const;

/** One name of {@link CATEGORIES}. */
export type Category = (typeof CATEGORIES)[number];

/** A work, not an edition: one entry however often it was printed or translated. */
export interface Book {
  /** Positive int32, unique in the catalogue and never given to another book. */
  readonly id: number;
  /** English title. */
  readonly title: string;
  /** As printed on the cover; several authors are joined by commas and "and". */
  readonly author: string;
  /**
   * Year of first publication in any language, of the last instalment for a serial.
   * Negative for BC (-375 is 375 BC); the conventional estimate for ancient works.
   */
  readonly year: number;
  /** The one shelf that the book stands on. */
  readonly category: Category;
  /** 3 to 6 distinct subjects, the most telling first. */
  readonly subjects: readonly Subject[];
}
