import { type Book, CATEGORIES, catalog } from '@driftless/catalog';
import fc from 'fast-check';
import { generateBooks } from './generated-books';
import { createRanking } from './ranking';
import type { ReaderRequest } from './reader-selection';

const { forReader } = createRanking(catalog.books);
const idsOf = (request: ReaderRequest) => forReader(request).map(({ book }) => book.id);
const page = { readerId: 1, category: 'MYSTERY', day: '2026-01-31', count: 8 } as const;

const anyRequest: fc.Arbitrary<ReaderRequest> = fc.record({
  readerId: fc.integer(),
  category: fc.constantFrom(...CATEGORIES),
  day: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  count: fc.integer({ min: 0, max: 70 }),
});

test('the same request gives the same selection on any replica', () => {
  const replica = createRanking([...catalog.books].reverse());
  fc.assert(
    fc.property(anyRequest, (request) => {
      expect(replica.forReader(request)).toEqual(forReader(request));
    }),
  );
});

test('a selection holds as many books of the category as asked for or as there are, each once', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const shelf = catalog.inCategory(request.category);
      const books = forReader(request).map(({ book }) => book);
      expect(books).toHaveLength(Math.min(request.count, shelf.length));
      expect(new Set(books).size).toBe(books.length);
      expect(books.filter((book) => !shelf.includes(book))).toEqual([]);
    }),
  );
});

test('a larger count extends a smaller one', () => {
  fc.assert(
    fc.property(anyRequest, fc.integer({ min: 0, max: 70 }), (request, more) => {
      const longer = idsOf({ ...request, count: request.count + more });
      expect(longer.slice(0, request.count)).toEqual(idsOf(request));
    }),
  );
});

test('the reason names the subjects of the book', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      for (const { book, reason } of forReader(request)) {
        expect(reason.kind).toBe('picked-for-you');
        expect([...reason.subjects].sort()).toEqual([...book.subjects].sort());
      }
    }),
  );
});

test.each([0, -1, Number.NaN])('a count of %d gives nothing', (count) => {
  expect(idsOf({ ...page, count })).toEqual([]);
});

test('a category without books gives nothing', () => {
  expect(createRanking([]).forReader(page)).toEqual([]);
});

test('readers, days and categories get selections of their own', () => {
  const variants = Array.from({ length: 500 }, (_, at) => idsOf({ ...page, readerId: at - 250 }));
  const days = Array.from({ length: 28 }, (_, at) => idsOf({ ...page, day: `2026-02-${at + 10}` }));
  const selections = [...variants, ...days].map((ids) => ids.join());
  expect(new Set(selections).size).toBe(selections.length);
});

test('the first places of two shelves of one size are drawn apart', () => {
  const { forReader: ask } = createRanking(generateBooks({ count: 20 * CATEGORIES.length }));
  const placesOf = (category: ReaderRequest['category']) =>
    Array.from({ length: 20 }, (_, readerId) =>
      ask({ ...page, category, readerId, count: 1 }).map(({ book }) =>
        Math.floor((book.id - 1) / CATEGORIES.length),
      ),
    );
  expect(placesOf('MYSTERY')).not.toEqual(placesOf('SCIENCE_FICTION'));
});

test.each(CATEGORIES)('over many readers every book of %s is shown about as often', (category) => {
  const readers = 6_000;
  const shown = new Map<number, number>();
  for (let readerId = 0; readerId < readers; readerId += 1) {
    for (const id of idsOf({ ...page, category, readerId, count: 3 })) {
      shown.set(id, (shown.get(id) ?? 0) + 1);
    }
  }
  const shelf = catalog.inCategory(category);
  const mean = (3 * readers) / shelf.length;
  for (const { id } of shelf) {
    expect((shown.get(id) ?? 0) / mean).toBeGreaterThan(0.6);
    expect((shown.get(id) ?? 0) / mean).toBeLessThan(1.3);
  }
});

test('over many readers each book is equally likely to come first', () => {
  const readers = 20_000;
  const shelf = catalog.inCategory('CHILDREN');
  const firsts = new Map<number, number>();
  for (let readerId = 0; readerId < readers; readerId += 1) {
    const [first = 0] = idsOf({ ...page, category: 'CHILDREN', readerId, count: 1 });
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  const expected = readers / shelf.length;
  const chiSquare = shelf.reduce(
    (sum, { id }) => sum + ((firsts.get(id) ?? 0) - expected) ** 2 / expected,
    0,
  );
  // The 99.99 % quantile for the 60 degrees of freedom of 61 books.
  expect(shelf).toHaveLength(61);
  expect(chiSquare).toBeLessThan(107.1);
});

test('two books of one author never meet while there is another choice', () => {
  const anyShelf = fc
    .record({
      count: fc.integer({ min: 0, max: 30 }),
      seed: fc.integer(),
      booksPerAuthor: fc.integer({ min: 1, max: 15 }),
      isOneCategory: fc.constant(true),
    })
    .map(generateBooks);
  fc.assert(
    fc.property(anyShelf, fc.integer(), (books, readerId) => {
      const selection = createRanking(books).forReader({ ...page, readerId, count: 30 });
      const authors = selection.map(({ book }) => book.author);
      authors.forEach((author, at) => {
        if (author !== authors[at - 1]) return;
        expect(new Set(authors.slice(at))).toEqual(new Set([author]));
      });
    }),
  );
});

test('no author comes twice on a page', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const authors = forReader({ ...request, count: 8 }).map(({ book }) => book.author);
      expect(new Set(authors).size).toBe(authors.length);
    }),
  );
});

test('neighbours share most of their subjects only when nothing else is left', () => {
  const subjects = {
    sea: ['sea', 'war', 'death'],
    school: ['school', 'family', 'magic'],
  } as const;
  const books: Book[] = Array.from({ length: 12 }, (_, at) => ({
    id: at + 1,
    title: `Title ${at}`,
    author: `Author ${at}`,
    year: 2000,
    category: 'MYSTERY',
    subjects: at % 2 === 0 ? subjects.sea : subjects.school,
  }));
  const ranking = createRanking(books);
  for (let readerId = 0; readerId < 50; readerId += 1) {
    const kinds = ranking
      .forReader({ ...page, readerId, count: 12 })
      .map(({ book }) => book.id % 2);
    expect(kinds.filter((kind, at) => kind === kinds[at - 1])).toEqual([]);
  }
});
