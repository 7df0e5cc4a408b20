import type { Book, Subject } from '@driftless/catalog';

/**
 * Why a book is recommended. `subjects` are always the book's own, the rarest in the catalogue
 * first, because a rare subject says most.
 */
export type Reason =
  /** Chosen for this reader and this day; `subjects` are all that the book is about. */
  | { readonly kind: 'picked-for-you'; readonly subjects: readonly Subject[] }
  /** By the author of the book in question; `subjects` are shared with it and may be empty. */
  | {
      readonly kind: 'same-author';
      readonly author: string;
      readonly subjects: readonly Subject[];
    }
  /** By another author; `subjects` are shared with the book in question, at least one. */
  | { readonly kind: 'shared-subjects'; readonly subjects: readonly Subject[] };

/** One recommended book and why. */
export interface RankedBook {
  readonly book: Book;
  readonly reason: Reason;
}
