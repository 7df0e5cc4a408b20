import type { RequestHandler } from 'express';
import { type Site, show } from './site';

/** What this site is. */
export function aboutPage(site: Site): RequestHandler {
  return (_request, response) =>
    show(site, response, {
      template: 'about',
      address: '/about',
      key: 'once',
      values: () => ({ bookCount: site.catalog.books.length }),
    });
}
