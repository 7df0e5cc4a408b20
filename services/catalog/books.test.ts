import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBadRows } from './book-rules';
import { CATEGORIES, catalog, SUBJECTS } from './index';

const { books } = catalog;

const countBy = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

test('there are at least 312 books and every row is good', () => {
  expect(books.length).toBeGreaterThanOrEqual(312);
  expect(findBadRows(books)).toEqual([]);
});

test('ids run from 1 without a gap, in the order of the rows', () => {
  expect(books.map(({ id }) => id)).toEqual(books.map((_, row) => row + 1));
});

test('ids 1 to 9 are the nine books of the tutorial', () => {
  expect(books.slice(0, 9).map(({ category, title }) => [category, title])).toEqual([
    ['MYSTERY', 'The Maltese Falcon'],
    ['MYSTERY', 'Murder on the Orient Express'],
    ['MYSTERY', 'The Hound of the Baskervilles'],
    ['SCIENCE_FICTION', "The Hitchhiker's Guide to the Galaxy"],
    ['SCIENCE_FICTION', "Ender's Game"],
    ['SCIENCE_FICTION', 'The Dune Chronicles'],
    ['SELF_HELP', 'The 7 Habits of Highly Effective People'],
    ['SELF_HELP', 'How to Win Friends and Influence People'],
    ['SELF_HELP', "Man's Search for Meaning"],
  ]);
});

test('every category has at least 25 books', () => {
  const counts = countBy(books.map(({ category }) => category));
  expect(CATEGORIES.filter((category) => (counts.get(category) ?? 0) < 25)).toEqual([]);
});

test('no book was published before writing or after the list was made', () => {
  expect(books.filter(({ year }) => year < -2500 || year > 2026)).toEqual([]);
});

test('the subjects are 60 to 90 distinct kebab-case ids in alphabetical order', () => {
  expect(SUBJECTS.length).toBeGreaterThanOrEqual(60);
  expect(SUBJECTS.length).toBeLessThanOrEqual(90);
  expect(SUBJECTS.filter((subject) => !/^[a-z]+(-[a-z]+)*$/.test(subject))).toEqual([]);
  expect([...new Set(SUBJECTS)].sort()).toEqual(SUBJECTS);
});

test('every subject has at least two books, so that it can connect them', () => {
  const counts = countBy(books.flatMap(({ subjects }) => subjects));
  expect(SUBJECTS.filter((subject) => (counts.get(subject) ?? 0) < 2)).toEqual([]);
});

test('apostrophes are plain, so that titles match what is typed', () => {
  expect(books.filter(({ title, author }) => /[‘’“”]/.test(title + author))).toEqual([]);
});

test('the file has one book per line', () => {
  const lines = readFileSync(join(__dirname, 'books.json'), 'utf8').trim().split('\n');
  expect(lines.filter((line) => line.startsWith('  { "id": '))).toHaveLength(books.length);
  expect(lines).toHaveLength(books.length + 2);
});
