import type { RequestHandler } from 'express';
import { HttpError } from '../http/http-error';
import { type Site, show } from './site';

/** How many similar books are shown. */
const COUNT = 6;

/** One book, and more like it. */
export function bookPage(site: Site): RequestHandler {
  return async (request, response) => {
    const id = String(request.params.id);
    const book = /^\d{1,9}$/.test(id) ? site.catalog.find(Number(id)) : undefined;
    if (!book) throw new HttpError(404);
    const answer = await site.recommender.ask({ for: 'book', bookId: book.id, count: COUNT });
    show(site, response, {
      template: 'book',
      address: `/books/${book.id}`,
      key: String(book.id),
      values: () => ({ book }),
      answer,
    });
  };
}
