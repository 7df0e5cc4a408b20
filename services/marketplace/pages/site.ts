import type { Catalog } from '@driftless/catalog';
import type { Response } from 'express';
import { pageContext } from '../http/page-context';
import { type JourneySources, journeyOf, serverTiming } from '../journey/journey';
import type { Answer, RecommendedBook } from '../recommender/answer';
import type { Recommender } from '../recommender/recommender';
import type { TemplateValues, Views } from '../views';
import type { VisitorIds } from '../visitor/visitor-id';

/** What pages are made from. */
export interface Site {
  readonly catalog: Catalog;
  readonly recommender: Recommender;
  readonly views: Views;
  readonly visitorIds: VisitorIds;
  readonly journey: JourneySources;
}

/** One page, ready to be shown. */
export interface Page {
  /** Name of its template in `views/`. */
  readonly template: string;
  /** The address of this page, for the language switch. */
  readonly address: string;
  /** What `values` depend on, when pages of this address are alike; undefined: they are not. */
  readonly key?: string;
  /** What the template shows outside the recommendations. */
  values(): TemplateValues;
  /** Absent on pages that ask for no recommendations. */
  readonly answer?: Answer;
  readonly status?: number;
}

/** Shows `page` to whoever `response` goes to. */
export function show(site: Site, response: Response, page: Page): void {
  const { views } = site;
  const { locale, requestId } = pageContext(response);
  const startedAt = performance.now();
  const shell = views.shell(page.template, locale, page.key, () => ({
    address: page.address,
    query: '',
    ...page.values(),
  }));
  const recommendations = page.answer ? renderAnswer(site, response, page.answer) : '';
  const journey = journeyOf(site.journey, page.answer, performance.now() - startedAt);
  const html = shell.fill({
    recommendations,
    journey: views.fragment('parts/journey', locale, undefined, () => ({ journey, requestId })),
  });
  response.statusCode = page.status ?? 200;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Vary', 'Accept-Language, Cookie');
  response.setHeader('Content-Language', locale);
  response.setHeader('Server-Timing', serverTiming(journey));
  response.setHeader('Content-Length', Buffer.byteLength(html));
  response.end(html);
}

function renderAnswer({ views, catalog }: Site, response: Response, answer: Answer): string {
  const { locale } = pageContext(response);
  if (answer.state === 'unavailable')
    return views.fragment('parts/unavailable', locale, 'once', () => ({}));
  const cards = answer.books.map((book) =>
    views.fragment('parts/card', locale, cardKey(book), () => ({
      book,
      known: catalog.find(book.id) ?? null,
    })),
  );
  const note =
    answer.state === 'last-good'
      ? views.fragment('parts/last-good', locale, 'once', () => ({}))
      : '';
  return `${note}<ul class="cards">${cards.join('')}</ul>`;
}

/** Everything a card shows. Titles come from another process, so they are part of the key. */
function cardKey({ id, title, author, reason }: RecommendedBook): string {
  return JSON.stringify([id, title, author, reason?.kind, reason?.subjects]);
}
