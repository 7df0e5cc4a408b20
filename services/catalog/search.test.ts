import fc from 'fast-check';
import { type Book, catalog, createCatalog } from './index';
import { MAX_QUERY_WORDS } from './search';
import { splitWords } from './words';

const { books, search } = catalog;
const all = { limit: books.length };
const anyBook = fc.constantFrom(...books);
const titlesOf = (found: readonly Book[]) => found.map(({ title }) => title);

const wordsOf = ({ title, author, subjects }: Book) =>
  splitWords([title, author, ...subjects].join(' '));

/** A query that a reader who knows the book could type: prefixes of its words, any order. */
const queryFor = (book: Book) =>
  fc
    .array(fc.tuple(fc.constantFrom(...wordsOf(book)), fc.integer({ min: 1, max: 12 })), {
      minLength: 1,
      maxLength: MAX_QUERY_WORDS,
    })
    .map((words) => words.map(([word, length]) => word.slice(0, length)).join(' '));

const anyQuery = fc.oneof(anyBook.chain(queryFor), fc.string({ unit: 'binary', maxLength: 30 }));

const book = (id: number, title: string, author: string): Book => ({
  id,
  title,
  author,
  year: 2000,
  category: 'SCIENCE',
  subjects: ['sea', 'war', 'time'],
});

test('a book is found by prefixes of any of its words', () => {
  fc.assert(
    fc.property(
      anyBook.chain((wanted) => fc.tuple(fc.constant(wanted), queryFor(wanted))),
      ([wanted, query]) => {
        expect(search(query, all)).toContain(wanted);
      },
    ),
  );
});

test('exactly the books are found in which every word starts a word', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const words = splitWords(query).slice(0, MAX_QUERY_WORDS);
      const matching = books.filter((candidate) =>
        words.every((word) => wordsOf(candidate).some((own) => own.startsWith(word))),
      );
      expect(new Set(search(query, all))).toEqual(new Set(words.length === 0 ? [] : matching));
    }),
  );
});

test('case, accents and order of words do not matter to what is found', () => {
  fc.assert(
    fc.property(anyBook.chain(queryFor), (query) => {
      const found = new Set(search(query, all));
      expect(search(query.toUpperCase(), all)).toEqual(search(query, all));
      expect(search(query.replace(/[aeo]/g, '$&\u0301'), all)).toEqual(search(query, all));
      expect(new Set(search(query.split(' ').reverse().join(' '), all))).toEqual(found);
    }),
  );
});

test('a limit cuts the same answer short', () => {
  fc.assert(
    fc.property(anyQuery, fc.integer({ min: -2, max: 40 }), (query, limit) => {
      expect(search(query, { limit })).toEqual(search(query, all).slice(0, Math.max(0, limit)));
    }),
  );
});

test('no book is answered twice', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const found = search(query, all);
      expect(new Set(found).size).toBe(found.length);
    }),
  );
});

test('a title start comes before a title word, an author and a subject, then by row', () => {
  const ranked = createCatalog([
    book(1, 'Tides', 'Ann Other'),
    book(2, 'Tides', 'Rob Seaman'),
    book(3, 'Under the Sea', 'Ann Other'),
    book(4, 'The Sea', 'Ann Other'),
    book(5, 'Seashells', 'Ann Other'),
    book(6, 'Low Sea', 'Rob Seaman'),
  ]);
  const found = ranked.search('sea', { limit: 10 });
  expect(found.map(({ id }) => id)).toEqual([4, 5, 3, 6, 2, 1]);
});

test('books of one rank stand in catalogue order, whichever of their words matched', () => {
  const ranked = createCatalog([
    book(1, 'Low Tides', 'Ann Other'),
    book(2, 'Low Tide', 'Rob Hill'),
  ]);
  expect(titlesOf(ranked.search('tid', { limit: 9 }))).toEqual(['Low Tides', 'Low Tide']);
});

test('a word that only the author has ranks the book below those with all in the title', () => {
  const ranked = createCatalog([
    book(1, 'A Cold Sea', 'Ann Low'),
    book(2, 'Low Cold', 'Ann Other'),
  ]);
  expect(titlesOf(ranked.search('cold low', { limit: 9 }))).toEqual(['Low Cold', 'A Cold Sea']);
});

test.each([
  ['bronte', 'Jane Eyre'],
  ['LES MISERABLES', 'Les Misérables'],
  ['stanislaw', 'Solaris'],
  ["hitchhiker's", "The Hitchhiker's Guide to the Galaxy"],
  ['hitchhikers guide', "The Hitchhiker's Guide to the Galaxy"],
  ['artificial intelligence', 'I, Robot'],
  ['hobbit', 'The Hobbit'],
])('%s finds %s', (query, title) => {
  expect(titlesOf(search(query, { limit: 10 }))).toContain(title);
});

test.each(['', ' ', '!?…', '\u0301', '📚', '\ud800', '村上春樹', '<script>'])(
  'the query %j finds nothing',
  (query) => {
    expect(search(query, all)).toEqual([]);
  },
);

test('words beyond the cap do not narrow the answer', () => {
  const query = 'the '.repeat(MAX_QUERY_WORDS);
  expect(search(`${query} xyzzy`, all)).toEqual(search(query, all));
});

test('what follows hundreds of characters is not read', () => {
  expect(search(`hobbit${' '.repeat(1_000)}xyzzy`, all)).toEqual(search('hobbit', all));
});

test.each(['the ', 'a', '猫', '\u0301', '\ufdfa', '📚', 'ab '])(
  '10,000 characters of %j are harmless',
  (unit) => {
    const query = unit.repeat(Math.ceil(10_000 / unit.length)).slice(0, 10_000);
    expect(search(query, all)).toEqual(search(query.slice(0, 256), all));
  },
);
