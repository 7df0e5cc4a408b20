import { intersectBitsets } from './bitset';
import type { BookIndex, IndexedBook, WeighedSubject } from './book-index';
import type { RankedBook } from './ranked-book';

/** Which book to start from. */
export interface SimilarRequest {
  readonly bookId: number;
  /** Most books in the answer; 0 or less gives none. */
  readonly count: number;
}

/** A book that may be in the answer. */
interface Candidate {
  readonly position: number;
  readonly score: number;
  /** What it shares with the book in question, the rarest first. */
  readonly shared: readonly WeighedSubject[];
}

const sumWeights = (subjects: readonly WeighedSubject[]): number =>
  subjects.reduce((sum, { weight }) => sum + weight, 0);

const listShared = (left: IndexedBook, right: IndexedBook): WeighedSubject[] =>
  left.subjects.filter((subject) => right.subjects.includes(subject));

/** Every choice of at least one of `subjects`, the heaviest first. */
function listChoices(subjects: readonly WeighedSubject[]): WeighedSubject[][] {
  const choices: WeighedSubject[][] = [[]];
  for (const subject of subjects) {
    choices.push(...choices.map((choice) => [...choice, subject]));
  }
  return choices.slice(1).sort((left, right) => sumWeights(right) - sumWeights(left));
}

function findSameAuthor(index: BookIndex, target: IndexedBook): Candidate[] {
  const author = index.authors.get(target.book.author);
  return (author?.positions ?? []).map((position) => {
    const shared = listShared(target, index.books[position] as IndexedBook);
    return { position, score: (author?.weight ?? 0) + sumWeights(shared), shared };
  });
}

/** The first `count` books of other authors that share exactly the subjects of `choice`. */
function findSharingExactly(
  index: BookIndex,
  target: IndexedBook,
  choice: readonly WeighedSubject[],
  count: number,
): Candidate[] {
  const found: Candidate[] = [];
  const score = sumWeights(choice);
  for (const position of intersectBitsets(choice.map(({ positions }) => positions))) {
    const other = index.books[position] as IndexedBook;
    if (other.book.author === target.book.author) continue;
    // Who shares more than this was found with the heavier choice.
    if (listShared(target, other).length > choice.length) continue;
    found.push({ position, score, shared: choice });
    if (found.length >= count) break;
  }
  return found;
}

/** All candidates that can be among the best `count`, and some more, in no particular order. */
function findCandidates(index: BookIndex, target: IndexedBook, count: number): Candidate[] {
  const candidates = findSameAuthor(index, target).filter(
    ({ position }) => index.books[position] !== target,
  );
  for (const choice of listChoices(target.subjects)) {
    const score = sumWeights(choice);
    // A lighter choice cannot displace any of these; an equal one can, by its ids.
    if (candidates.filter((candidate) => candidate.score > score).length >= count) break;
    candidates.push(...findSharingExactly(index, target, choice, count));
  }
  return candidates;
}

function explain(index: BookIndex, target: IndexedBook, candidate: Candidate): RankedBook {
  const { book } = index.books[candidate.position] as IndexedBook;
  const subjects = candidate.shared.map(({ name }) => name);
  return book.author === target.book.author
    ? { book, reason: { kind: 'same-author', author: book.author, subjects } }
    : { book, reason: { kind: 'shared-subjects', subjects } };
}

/**
 * The books most like one book, best first, across all categories; never the book itself.
 * A book scores the weights of the subjects that it shares and of the author if the same, each
 * worth more the rarer it is; equals stand in order of id. Books that share nothing are left
 * out. `undefined` when there is no book with this id.
 *
 * Exact without scoring every book: a book of n subjects can be shared in 2^n - 1 ways, and n is
 * at most 6. The ways are tried from the heaviest on until `count` books are found, each at
 * the price of intersecting n bitsets.
 */
export function findSimilar(
  index: BookIndex,
  { bookId, count }: SimilarRequest,
): RankedBook[] | undefined {
  const target = index.books[index.positionOfId.get(bookId) ?? -1];
  if (!target) return undefined;
  if (!(count > 0)) return [];
  return findCandidates(index, target, count)
    .sort((left, right) => right.score - left.score || left.position - right.position)
    .slice(0, count)
    .map((candidate) => explain(index, target, candidate));
}
