import { type Book, CATEGORIES, catalog, createCatalog } from './index';

const emma: Book = {
  id: 7,
  title: 'Emma',
  author: 'Jane Austen',
  year: 1815,
  category: 'CLASSICS',
  subjects: ['love', 'england', 'family'],
};

test('finds a book by its id and nothing by an unknown one', () => {
  for (const book of catalog.books) expect(catalog.find(book.id)).toBe(book);
  for (const id of [0, -1, 1.5, Number.NaN, 2 ** 31]) expect(catalog.find(id)).toBeUndefined();
});

test('the shelves hold every book once, each on its own', () => {
  const shelved = CATEGORIES.flatMap((category) => {
    const shelf = catalog.inCategory(category);
    expect(shelf.filter((book) => book.category !== category)).toEqual([]);
    return shelf;
  });
  expect(new Set(shelved)).toEqual(new Set(catalog.books));
  expect(shelved).toHaveLength(catalog.books.length);
});

test('a shelf without books is empty', () => {
  expect(createCatalog([emma]).inCategory('MYSTERY')).toEqual([]);
});

test('neither the catalogue nor its books can be changed', () => {
  expect(Object.isFrozen(catalog)).toBe(true);
  expect(Object.isFrozen(catalog.books)).toBe(true);
  for (const category of CATEGORIES) {
    expect(Object.isFrozen(catalog.inCategory(category))).toBe(true);
  }
  for (const book of catalog.books) {
    expect(Object.isFrozen(book)).toBe(true);
    expect(Object.isFrozen(book.subjects)).toBe(true);
  }
});

test('a later change of the books given changes nothing', () => {
  const subjects = [...emma.subjects];
  const books = [{ ...emma, subjects }];
  const { find } = createCatalog(books);
  subjects.pop();
  books.pop();
  expect(find(7)).toEqual(emma);
});

test('all bad rows are refused in one error', () => {
  const books = [{ ...emma, title: '' }, emma, { ...emma, id: 8, year: 0 }];
  expect(() => createCatalog(books)).toThrow(/correct these:\nrow 0 .*\nrow 1 .*\nrow 2 .*year/);
});
