import type { RequestHandler } from 'express';
import { HttpError } from '../http/http-error';
import { visitorOf } from '../http/page-context';
import { categoryOf, slugOf } from './category-slug';
import { type Site, show } from './site';

/** Books a visitor is shown above the whole shelf. */
const COUNT = 3;

/** A whole shelf, with this visitor's picks on top. */
export function categoryPage(site: Site): RequestHandler {
  return async (request, response) => {
    const category = categoryOf(request.params.slug);
    if (!category) throw new HttpError(404);
    const readerId = visitorOf(request, response, site.visitorIds);
    const answer = await site.recommender.ask({ for: 'reader', readerId, category, count: COUNT });
    show(site, response, {
      template: 'category',
      address: `/categories/${slugOf(category)}`,
      key: category,
      values: () => ({ category, books: site.catalog.inCategory(category) }),
      answer,
    });
  };
}
