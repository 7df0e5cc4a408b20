import { type Book, CATEGORIES } from './book';
import { SUBJECTS } from './subjects';

/** Fewest and most subjects of one book: fewer say too little, more make every book alike. */
export const SUBJECTS_PER_BOOK = { min: 3, max: 6 } as const;

/** The wire contract carries ids as int32. */
const MAX_ID = 2 ** 31 - 1;

const categories: ReadonlySet<string> = new Set(CATEGORIES);
const subjects: ReadonlySet<string> = new Set(SUBJECTS);

const isTrimmedText = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value === value.trim();

function findTextProblems({ title, author }: Book): string[] {
  return Object.entries({ title, author })
    .filter(([, value]) => !isTrimmedText(value))
    .map(([name, value]) => `${name} must be text without outer spaces, got ${quote(value)}`);
}

function findNumberProblems({ id, year }: Book): string[] {
  const problems: string[] = [];
  if (!Number.isInteger(id) || id < 1 || id > MAX_ID) {
    problems.push(`id must be an integer between 1 and ${MAX_ID}, got ${quote(id)}`);
  }
  if (!Number.isInteger(year) || year === 0) {
    problems.push(`year must be an integer other than 0, got ${quote(year)}`);
  }
  return problems;
}

function findVocabularyProblems(book: Book): string[] {
  const problems: string[] = [];
  const { min, max } = SUBJECTS_PER_BOOK;
  if (!categories.has(book.category)) {
    problems.push(`category must be one of CATEGORIES, got ${quote(book.category)}`);
  }
  for (const subject of book.subjects.filter((name) => !subjects.has(name))) {
    problems.push(`subject must be one of SUBJECTS, got ${quote(subject)}`);
  }
  if (book.subjects.length < min || book.subjects.length > max) {
    problems.push(`subjects must be ${min} to ${max}, got ${book.subjects.length}`);
  }
  if (new Set(book.subjects).size !== book.subjects.length) {
    problems.push(`subjects must be distinct, got ${book.subjects.join(', ')}`);
  }
  return problems;
}

const quote = (value: unknown): string => JSON.stringify(value) ?? String(value);

/**
 * Everything wrong with `books`, one line per bad row in the order of the rows: its position
 * (from 0), its title and each broken rule. Empty when all rows are good.
 */
export function findBadRows(books: readonly Book[]): string[] {
  const rowOfId = new Map<number, number>();
  const rowOfWork = new Map<string, number>();
  return books.flatMap((book, row) => {
    const problems = [
      ...findNumberProblems(book),
      ...findTextProblems(book),
      ...findVocabularyProblems(book),
    ];
    const work = JSON.stringify([book.title, book.author]);
    const sameId = rowOfId.get(book.id);
    const sameWork = rowOfWork.get(work);
    if (sameId !== undefined) problems.push(`id must be unique, ${book.id} is row ${sameId} too`);
    if (sameWork !== undefined) {
      problems.push(`title and author must be unique, they are row ${sameWork}'s too`);
    }
    rowOfId.set(book.id, row);
    rowOfWork.set(work, row);
    return problems.length === 0 ? [] : [`row ${row} (${book.title}): ${problems.join('; ')}`];
  });
}
