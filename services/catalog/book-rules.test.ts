import type { Book } from './book';
import { findBadRows } from './book-rules';

const good: Book = {
  id: 1,
  title: 'Emma',
  author: 'Jane Austen',
  year: 1815,
  category: 'CLASSICS',
  subjects: ['love', 'england', 'family'],
};

const withRaw = (fields: Record<string, unknown>): Book => ({ ...good, ...fields });

test('good rows have no problems', () => {
  expect(findBadRows([good, { ...good, id: 2, title: 'Persuasion' }])).toEqual([]);
});

test.each([
  ['an id of 0', { id: 0 }, 'id must be an integer between 1 and 2147483647, got 0'],
  ['an id beyond int32', { id: 2 ** 31 }, 'got 2147483648'],
  ['a fractional id', { id: 1.5 }, 'got 1.5'],
  ['an empty title', { title: '' }, 'title must be text without outer spaces, got ""'],
  ['an untrimmed author', { author: 'Jane ' }, 'author must be text without outer spaces'],
  ['a missing title', { title: undefined }, 'got undefined'],
  ['a year 0', { year: 0 }, 'year must be an integer other than 0, got 0'],
  ['a year in words', { year: '1815' }, 'year must be an integer other than 0, got "1815"'],
  ['an unknown category', { category: 'COOKING' }, 'one of CATEGORIES, got "COOKING"'],
  ['an unknown subject', { subjects: ['love', 'tea', 'sea'] }, 'one of SUBJECTS, got "tea"'],
  ['too few subjects', { subjects: ['love', 'sea'] }, 'subjects must be 3 to 6, got 2'],
  [
    'too many subjects',
    { subjects: ['love', 'sea', 'war', 'time', 'magic', 'death', 'money'] },
    'subjects must be 3 to 6, got 7',
  ],
  ['a repeated subject', { subjects: ['love', 'sea', 'love'] }, 'subjects must be distinct'],
])('%s is named', (_, fields, problem) => {
  const rows = findBadRows([withRaw(fields)]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain(problem);
});

test('a repeated id and a repeated work name the row they repeat', () => {
  const rows = findBadRows([good, { ...good, title: 'Persuasion' }, { ...good, id: 2 }]);
  expect(rows).toEqual([
    'row 1 (Persuasion): id must be unique, 1 is row 0 too',
    "row 2 (Emma): title and author must be unique, they are row 0's too",
  ]);
});

test('every bad row is named, with every rule it breaks', () => {
  const rows = findBadRows([
    withRaw({ year: 0, title: '' }),
    withRaw({ id: -1, title: 'Lady Susan' }),
  ]);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/year.*title/);
  expect(rows[1]).toContain('got -1');
});
