import type { Book } from './book';
import { splitWords } from './words';

/** How much to answer. */
export interface SearchOptions {
  /** Most books in the answer; 0 or less gives none. */
  readonly limit: number;
}

/**
 * The books in which every word of `query` starts a word of the title, the author or a subject,
 * ignoring case and accents. Best first: title starts with the query (an article before it
 * aside), all words in the title, author needed, subject needed; then catalogue order.
 * A query without a word gives `[]`. Only the first {@link MAX_QUERY_WORDS} words count.
 */
export type Search = (query: string, options: SearchOptions) => readonly Book[];

/** Longer titles exist, but no book needs more words to be found. */
export const MAX_QUERY_WORDS = 8;

/** Read before splitting, so that a hostile query costs no more than a long one. */
const MAX_QUERY_LENGTH = 256;

/** How good a match is; smaller is better. */
const RANK = { titleStart: 0, title: 1, author: 2, subject: 3 } as const;

/** Rank by position of the book in the catalogue. */
type Matches = Map<number, number>;

interface Index {
  /** All indexed words in code unit order. */
  readonly words: readonly string[];
  readonly matchesOf: ReadonlyMap<string, Matches>;
}

function createIndex(books: readonly Book[]): Index {
  const matchesOf = new Map<string, Matches>();
  books.forEach(({ title, author, subjects }, position) => {
    const add = (text: string, rank: number) => {
      for (const word of splitWords(text)) {
        const matches = matchesOf.get(word) ?? new Map<number, number>();
        matchesOf.set(word, matches.set(position, matches.get(position) ?? rank));
      }
    };
    // Best rank first: a word keeps the rank under which it was added first.
    add(title, RANK.title);
    add(author, RANK.author);
    add(subjects.join(' '), RANK.subject);
  });
  return { words: [...matchesOf.keys()].sort(), matchesOf };
}

function findFirstAtLeast(words: readonly string[], bound: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] as string) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function matchPrefix({ words, matchesOf }: Index, prefix: string): Matches {
  const best: Matches = new Map();
  for (let at = findFirstAtLeast(words, prefix); words[at]?.startsWith(prefix); at += 1) {
    for (const [position, rank] of matchesOf.get(words[at] as string) ?? []) {
      best.set(position, Math.min(rank, best.get(position) ?? rank));
    }
  }
  return best;
}

/** The books in both, each with the worse of its two ranks. */
function intersect(left: Matches, right: Matches): Matches {
  const both: Matches = new Map();
  for (const [position, rank] of left) {
    const other = right.get(position);
    if (other !== undefined) both.set(position, Math.max(rank, other));
  }
  return both;
}

const withoutArticle = (title: string): string => title.replace(/^(?:an?|the) /, '');

/** Indexes `books` once and answers any number of queries. Pure; see {@link Search}. */
export function createSearch(books: readonly Book[]): Search {
  const index = createIndex(books);
  const titles = books.map(({ title }) => splitWords(title).join(' '));
  const startsTitle = (position: number, phrase: string): boolean => {
    const title = titles[position] ?? '';
    return title.startsWith(phrase) || withoutArticle(title).startsWith(phrase);
  };
  return (query, { limit }) => {
    const words = splitWords(query.slice(0, MAX_QUERY_LENGTH)).slice(0, MAX_QUERY_WORDS);
    if (words.length === 0) return [];
    const phrase = words.join(' ');
    return [...words.map((word) => matchPrefix(index, word)).reduce(intersect)]
      .map(([at, rank]) => ({ at, rank: startsTitle(at, phrase) ? RANK.titleStart : rank }))
      .sort((left, right) => left.rank - right.rank || left.at - right.at)
      .slice(0, Math.max(0, limit))
      .map(({ at }) => books[at] as Book);
  };
}
