import type { Books, Question } from './answer';
import { AnswerCache, keyOf } from './answer-cache';

const nobody = { pod: '', node: '', zone: '', version: '', commit: '' };
const books = (title: string): Books => ({
  books: [{ id: 1, title, author: '', reason: null }],
  servedBy: nobody,
  rpcMs: 1,
});
const reader = (
  readerId: number,
  category: 'MYSTERY' | 'FANTASY' = 'MYSTERY',
  count = 3,
): Question => ({
  for: 'reader',
  readerId,
  category,
  count,
});

describe('AnswerCache', () => {
  it('keeps the answers of different questions apart', () => {
    const questions: Question[] = [
      reader(1),
      reader(2),
      reader(1, 'FANTASY'),
      reader(1, 'MYSTERY', 33),
      { for: 'book', bookId: 1, count: 3 },
      { for: 'book', bookId: 13, count: 3 },
    ];
    expect(new Set(questions.map(keyOf)).size).toBe(questions.length);
  });

  it("gives another reader's answer of the same shelf when there is nothing better", () => {
    const cache = new AnswerCache();
    cache.store(keyOf(reader(1)), reader(1), { books: books('one'), at: 1 });
    cache.store(keyOf(reader(2)), reader(2), { books: books('two'), at: 2 });
    expect(cache.lastGood(keyOf(reader(1)), reader(1))?.books).toEqual(books('one'));
    expect(cache.lastGood(keyOf(reader(3)), reader(3))?.books).toEqual(books('two'));
    expect(cache.get(keyOf(reader(3)))).toBeUndefined();
    expect(cache.lastGood(keyOf(reader(3, 'FANTASY')), reader(3, 'FANTASY'))).toBeUndefined();
  });

  it('never gives what is like one book for another', () => {
    const cache = new AnswerCache();
    const like = (bookId: number): Question => ({ for: 'book', bookId, count: 3 });
    cache.store(keyOf(like(1)), like(1), { books: books('one'), at: 1 });
    expect(cache.lastGood(keyOf(like(2)), like(2))).toBeUndefined();
  });
});
