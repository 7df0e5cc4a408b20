import type { RequestHandler } from 'express';
import { type Site, show } from './site';

/** The most books one search shows. */
const LIMIT = 48;

/** The longest text that is searched for and shown again. */
const MAX_QUERY_LENGTH = 200;

/** Books by title, author or subject. Asks no recommender. */
export function searchPage(site: Site): RequestHandler {
  return (request, response) => {
    const query =
      typeof request.query.q === 'string' ? request.query.q.slice(0, MAX_QUERY_LENGTH) : '';
    const isEmpty = query.trim() === '';
    show(site, response, {
      template: 'search',
      address: isEmpty ? '/search' : `/search?q=${encodeURIComponent(query.toWellFormed())}`,
      values: () => ({ query, isEmpty, books: site.catalog.search(query, { limit: LIMIT }) }),
    });
  };
}
