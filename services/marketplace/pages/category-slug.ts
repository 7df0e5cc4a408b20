import { CATEGORIES, type Category } from '@driftless/catalog';

/** The category as it stands in an address: `SCIENCE_FICTION` is `science-fiction`. */
export function slugOf(category: Category): string {
  return category.toLowerCase().replaceAll('_', '-');
}

const bySlug = new Map(CATEGORIES.map((category) => [slugOf(category), category]));

/** The category of an address; undefined for any other text. */
export function categoryOf(slug: unknown): Category | undefined {
  return typeof slug === 'string' ? bySlug.get(slug) : undefined;
}
