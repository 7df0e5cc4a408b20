import { type Book, catalog } from '@driftless/catalog';
import fc from 'fast-check';
import { weighRarity } from './book-index';
import { generateBooks } from './generated-books';
import { createRanking } from './ranking';

/** Few authors and every size, so that equal scores, common subjects and loners all occur. */
const anyBooks = fc
  .record({
    count: fc.integer({ min: 1, max: 120 }),
    seed: fc.integer(),
    booksPerAuthor: fc.integer({ min: 1, max: 30 }),
  })
  .map(generateBooks);
const anyCount = fc.integer({ min: 0, max: 130 });

const anyQuery = anyBooks.chain((books) =>
  fc.record({ books: fc.constant(books), target: fc.constantFrom(...books), count: anyCount }),
);

/** The definition, spelled out: the sum of what both share, weighed by how many have it. */
function scoreOf(books: readonly Book[], left: Book, right: Book): number {
  const weigh = (has: (book: Book) => boolean) =>
    weighRarity(books.length, books.filter(has).length);
  const author = left.author === right.author ? weigh((book) => book.author === left.author) : 0;
  return left.subjects
    .filter((subject) => right.subjects.includes(subject))
    .reduce((sum, subject) => sum + weigh((book) => book.subjects.includes(subject)), author);
}

const similarIds = (books: readonly Book[], bookId: number, count: number) =>
  createRanking(books)
    .similarTo({ bookId, count })
    ?.map(({ book }) => book.id);

test('the answer is the best by score, then by id, of all other books that share anything', () => {
  fc.assert(
    fc.property(anyQuery, ({ books, target, count }) => {
      const best = books
        .filter((book) => book !== target)
        .map((book) => ({ id: book.id, score: scoreOf(books, target, book) }))
        .filter(({ score }) => score > 0)
        .sort((left, right) => right.score - left.score || left.id - right.id)
        .slice(0, count);
      expect(similarIds(books, target.id, count)).toEqual(best.map(({ id }) => id));
    }),
  );
});

test('the book itself is never in the answer, and no other comes twice', () => {
  const { similarTo } = createRanking(catalog.books);
  for (const { id } of catalog.books) {
    const ids = similarTo({ bookId: id, count: 12 })?.map(({ book }) => book.id) ?? [];
    expect(ids).toHaveLength(12);
    expect(new Set([...ids, id]).size).toBe(13);
  }
});

test('who is similar to a book has that book among its own similar ones', () => {
  fc.assert(
    fc.property(anyQuery, ({ books, target }) => {
      for (const id of similarIds(books, target.id, books.length) ?? []) {
        expect(similarIds(books, id, books.length)).toContain(target.id);
      }
    }),
    { numRuns: 20 },
  );
});

test('the reason is true: the author the same, the subjects all that is shared, rarest first', () => {
  fc.assert(
    fc.property(anyQuery, ({ books, target, count }) => {
      const holders = (subject: string) =>
        books.filter(({ subjects }) => subjects.some((name) => name === subject)).length;
      for (const { book, reason } of createRanking(books).similarTo({ bookId: target.id, count }) ??
        []) {
        const shared = target.subjects
          .filter((subject) => book.subjects.includes(subject))
          .sort((left, right) => holders(left) - holders(right) || (left < right ? -1 : 1));
        const isSameAuthor = book.author === target.author;
        expect(reason).toEqual(
          isSameAuthor
            ? { kind: 'same-author', author: target.author, subjects: shared }
            : { kind: 'shared-subjects', subjects: shared },
        );
      }
    }),
  );
});

test('the order in which the books come does not matter', () => {
  fc.assert(
    fc.property(anyQuery, ({ books, target, count }) => {
      const reversed = similarIds([...books].reverse(), target.id, count);
      expect(reversed).toEqual(similarIds(books, target.id, count));
    }),
  );
});

test('an unknown book has no answer, not an empty one', () => {
  const { similarTo } = createRanking(catalog.books);
  for (const bookId of [0, -1, 100_000, Number.NaN]) {
    expect(similarTo({ bookId, count: 3 })).toBeUndefined();
  }
});

test.each([0, -1, Number.NaN])('a count of %d gives nothing', (count) => {
  expect(similarIds(catalog.books, 1, count)).toEqual([]);
});

test('of many books alike, the first by id are answered', () => {
  const [first] = generateBooks({ count: 1 });
  const books = Array.from({ length: 20 }, (_, at) => ({
    ...(first as Book),
    id: at + 1,
    author: `Author ${at}`,
  }));
  expect(similarIds(books, 3, 5)).toEqual([1, 2, 4, 5, 6]);
});

test('of equally rare things, an author weighs as much as a subject', () => {
  const book = (id: number, author: string, subjects: Book['subjects']): Book => ({
    id,
    title: `Title ${id}`,
    author,
    year: 2000,
    category: 'FANTASY',
    subjects,
  });
  const books = [
    book(1, 'Ann', ['sea', 'war', 'death']),
    book(2, 'Ann', ['school', 'magic', 'money']),
    book(3, 'Bob', ['sea', 'magic', 'money']),
    book(4, 'Eve', ['war', 'death', 'school']),
  ];
  expect(similarIds(books, 1, 4)).toEqual([4, 2, 3]);
});

test('readers of Tolkien meet more of Tolkien first', () => {
  const hobbit = catalog.books.find(({ title }) => title === 'The Hobbit');
  const found = createRanking(catalog.books).similarTo({ bookId: hobbit?.id ?? 0, count: 3 });
  expect(found?.map(({ book }) => book.author)).toEqual(Array(3).fill('J. R. R. Tolkien'));
});
