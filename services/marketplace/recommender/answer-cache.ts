import { LRUCache } from 'lru-cache';
import type { Books, Question } from './answer';

/** About 2 KiB each: 20 MiB at the most. */
const MAX_ENTRIES = 10_000;

/** Books and when they were fetched, in ms since the epoch. */
export interface Remembered {
  readonly books: Books;
  readonly at: number;
}

/** The same question always has the same key. */
export function keyOf(question: Question): string {
  return question.for === 'reader'
    ? `r${question.readerId} ${question.category} ${question.count}`
    : `b${question.bookId} ${question.count}`;
}

/** A reader's question without the reader: what somebody else was told is better than nothing. */
function anyReadersKey(question: Question): string | undefined {
  return question.for === 'reader' ? `r* ${question.category} ${question.count}` : undefined;
}

/** Answers by question, the least recently used forgotten first. */
export class AnswerCache {
  readonly #entries = new LRUCache<string, Remembered>({ max: MAX_ENTRIES });

  /** What was answered to exactly this question. */
  get(key: string): Remembered | undefined {
    return this.#entries.get(key);
  }

  /** What was answered to this question, or to another reader's on the same shelf. */
  lastGood(key: string, question: Question): Remembered | undefined {
    return this.get(key) ?? this.get(anyReadersKey(question) ?? key);
  }

  store(key: string, question: Question, remembered: Remembered): void {
    this.#entries.set(key, remembered);
    const shared = anyReadersKey(question);
    if (shared) this.#entries.set(shared, remembered);
  }
}
