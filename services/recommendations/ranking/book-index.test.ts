import { catalog } from '@driftless/catalog';
import fc from 'fast-check';
import { createBookIndex, weighRarity } from './book-index';
import { generateBooks } from './generated-books';

test('rarity weighs more the fewer share it, and never nothing', () => {
  expect(weighRarity(100, 1)).toBe(4615);
  expect(weighRarity(100, 100)).toBe(693);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 500 }), (holders) => {
      expect(weighRarity(500, holders)).toBeLessThan(weighRarity(500, holders - 1));
    }),
  );
});

test('subjects stand with the rarest first, equals in alphabetical order', () => {
  for (const { book, subjects } of createBookIndex(catalog.books).books) {
    expect(new Set(subjects.map(({ name }) => name))).toEqual(new Set(book.subjects));
    const sorted = [...subjects].sort(
      (left, right) => right.weight - left.weight || left.name.localeCompare(right.name, 'en'),
    );
    expect(subjects).toEqual(sorted);
  }
});

test('the order in which the books come does not matter', () => {
  const books = generateBooks({ count: 50 });
  expect(createBookIndex([...books].reverse()).books).toEqual(createBookIndex(books).books);
});

test('the books given are left as they were', () => {
  const books = generateBooks({ count: 20 }).reverse();
  const before = structuredClone(books);
  createBookIndex(books);
  expect(books).toEqual(before);
});
