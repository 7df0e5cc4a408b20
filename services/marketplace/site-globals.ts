import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CATEGORIES } from '@driftless/catalog';
import type { TFunction } from 'i18next';
import { ASSETS_FOLDER } from './app';
import { slugOf } from './pages/category-slug';

/** Subjects a card names at the most. */
const MAX_SUBJECTS = 2;

const assetAddresses = new Map<string, string>();

/** The address of a file in `assets/`; it changes when the file does, so browsers may keep it for ever. */
function asset(name: string): string {
  let address = assetAddresses.get(name);
  if (!address) {
    const hash = createHash('sha256')
      .update(readFileSync(path.join(ASSETS_FOLDER, name)))
      .digest('hex');
    address = `/assets/${name}?v=${hash.slice(0, 12)}`;
    assetAddresses.set(name, address);
  }
  return address;
}

/** What every template can call. */
export const siteGlobals = {
  categories: CATEGORIES,
  slugOf,
  asset,
  yearText: (year: number, t: TFunction) =>
    year < 0 ? t('book.yearBefore', { year: -year }) : t('book.year', { year }),
  /** Subjects by name; one that this version does not know, from a newer recommender, by its id. */
  subjectNames: (subjects: readonly string[], t: TFunction) =>
    subjects
      .slice(0, MAX_SUBJECTS)
      .map((subject) => t(`subject.${subject}`, { defaultValue: subject }))
      .join(t('reason.separator')),
};
