import { CATEGORIES } from '@driftless/catalog';
import type { RequestHandler } from 'express';
import { visitorOf } from '../http/page-context';
import { categoryOf, slugOf } from './category-slug';
import { type Site, show } from './site';

/** Books a visitor is shown on the home page. */
const COUNT = 6;

/** The home page: this visitor's books on one shelf, chosen by `?shelf=`. */
export function homePage(site: Site): RequestHandler {
  return async (request, response) => {
    const category = categoryOf(request.query.shelf) ?? CATEGORIES[0];
    const readerId = visitorOf(request, response, site.visitorIds);
    const answer = await site.recommender.ask({ for: 'reader', readerId, category, count: COUNT });
    show(site, response, {
      template: 'home',
      address: `/?shelf=${slugOf(category)}`,
      key: category,
      values: () => ({ category, bookCount: site.catalog.books.length }),
      answer,
    });
  };
}
