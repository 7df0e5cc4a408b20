import { CATEGORIES, catalog } from '@driftless/catalog';
import { status } from '@grpc/grpc-js';
import fc from 'fast-check';
import { createRanking } from './ranking/ranking';
import { DEFAULT_MAX_RESULTS, MAX_RESULTS, RequestError, recommend } from './recommend';

const ranking = createRanking(catalog.books);
const DAY = '2026-11-21';

type Request = Parameters<typeof recommend>[0];

/** A request as it arrives: fields that the client left out have proto3's zero values. */
const request = (fields: Partial<Request>): Request => ({
  userId: 0,
  category: 'MYSTERY',
  maxResults: 0,
  similarTo: 0,
  ...fields,
});

/** The recommended books, with the catalogue's own entry of each. */
function answerTo(fields: Partial<Request>) {
  return (recommend(request(fields), ranking, DAY).recommendations ?? []).map((recommended) => {
    const book = catalog.find(recommended.id ?? 0);
    if (!book) throw new Error(`${recommended.id} is not in the catalogue`);
    return { ...recommended, book };
  });
}

function errorOf(fields: Partial<Request>): unknown {
  try {
    return recommend(request(fields), ranking, DAY);
  } catch (error) {
    return error;
  }
}

const anyInt32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const anyCategory = fc.constantFrom(...CATEGORIES);
const anyBook = fc.constantFrom(...catalog.books);
const anyCount = fc.integer({ min: 1, max: MAX_RESULTS });

test.each([
  ['the name', 'POETRY'],
  ['the number', 99],
  ['no name at all', ''],
  ['a name that every object has', 'constructor'],
])('a category of which we do not know %s is not found', (_what, category) => {
  expect(errorOf({ category: category as 'MYSTERY' })).toEqual(
    new RequestError(status.NOT_FOUND, 'Category not found'),
  );
  expect(errorOf({ category: category as 'MYSTERY' })).toMatchObject({ code: status.NOT_FOUND });
});

test('a book that we do not have is not found', () => {
  fc.assert(
    fc.property(anyInt32, (similarTo) => {
      fc.pre(similarTo !== 0 && !catalog.find(similarTo));
      expect(errorOf({ similarTo })).toMatchObject({
        code: status.NOT_FOUND,
        details: 'Book not found',
      });
    }),
  );
});

test('three books are the answer when the request does not say how many', () => {
  expect(DEFAULT_MAX_RESULTS).toBe(3);
  fc.assert(
    fc.property(anyCategory, anyBook, (category, book) => {
      expect(answerTo({ category })).toHaveLength(3);
      expect(answerTo({ similarTo: book.id })).toHaveLength(3);
    }),
  );
});

test('a number of books outside the range is refused by naming the range', () => {
  const outside = fc.oneof(
    fc.integer({ min: -(2 ** 31), max: -1 }),
    fc.integer({ min: 101, max: 2 ** 31 - 1 }),
  );
  fc.assert(
    fc.property(outside, fc.constantFrom(0, 1), (maxResults, similarTo) => {
      expect(errorOf({ maxResults, similarTo })).toMatchObject({
        code: status.INVALID_ARGUMENT,
        details: `max_results must be from 0 to 100, got ${maxResults}`,
      });
    }),
    {
      examples: [
        [-1, 0],
        [101, 0],
        [2 ** 31 - 1, 1],
      ],
    },
  );
});

test('more than there are brings the whole shelf', () => {
  for (const category of CATEGORIES) {
    const shelf = catalog.inCategory(category);
    expect(shelf.length).toBeLessThan(MAX_RESULTS);
    expect(
      new Set(answerTo({ category, maxResults: MAX_RESULTS }).map(({ book }) => book)),
    ).toEqual(new Set(shelf));
  }
});

test('a reader gets as many books of the category as asked for, each once, with title and author', () => {
  fc.assert(
    fc.property(anyInt32, anyCategory, anyCount, (userId, category, maxResults) => {
      const answer = answerTo({ userId, category, maxResults });
      const shelf = catalog.inCategory(category);
      expect(answer).toHaveLength(Math.min(maxResults, shelf.length));
      expect(new Set(answer.map(({ id }) => id)).size).toBe(answer.length);
      for (const { book, title, author } of answer) {
        expect({ category, title, author }).toEqual({
          category: book.category,
          title: book.title,
          author: book.author,
        });
      }
    }),
  );
});

test('the selection changes with the reader and with the day', () => {
  const idsOn = (day: string, userId: number) =>
    recommend(request({ userId, maxResults: 10 }), ranking, day).recommendations?.map(
      ({ id }) => id,
    );
  expect(idsOn(DAY, 7)).toEqual(idsOn(DAY, 7));
  expect(idsOn(DAY, 7)).not.toEqual(idsOn(DAY, 8));
  expect(idsOn(DAY, 7)).not.toEqual(idsOn('2026-11-22', 7));
});

test('a reader is told what each book chosen for them is about', () => {
  fc.assert(
    fc.property(anyInt32, anyCategory, anyCount, (userId, category, maxResults) => {
      for (const { book, reason } of answerTo({ userId, category, maxResults })) {
        expect(reason?.kind).toBe('PICKED_FOR_YOU');
        expect(new Set(reason?.subjects)).toEqual(new Set(book.subjects));
      }
    }),
  );
});

test('the reason why a book is similar is true of both books', () => {
  fc.assert(
    fc.property(anyBook, anyCount, (target, maxResults) => {
      const answer = answerTo({ similarTo: target.id, maxResults });
      expect(answer.length).toBeLessThanOrEqual(maxResults);
      for (const { book, reason } of answer) {
        expect(book).not.toBe(target);
        expect(reason?.kind).toBe(
          book.author === target.author ? 'SAME_AUTHOR' : 'SHARED_SUBJECTS',
        );
        const shared = target.subjects.filter((subject) => book.subjects.includes(subject));
        expect(new Set(reason?.subjects)).toEqual(new Set(shared));
        if (book.author !== target.author) expect(shared).not.toEqual([]);
      }
    }),
  );
});

test('the category does not matter when a similar book is asked for', () => {
  expect(answerTo({ similarTo: 4, category: 'POETRY' as 'MYSTERY' })).toEqual(
    answerTo({ similarTo: 4 }),
  );
});
