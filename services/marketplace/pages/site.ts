import type { Catalog } from '@driftless/catalog';
import type { Response } from 'express';
import { pageContext } from '../http/page-context';
import {
  type Journey,
  type JourneySources,
  journeyOf,
  keyOfFacts,
  serverTiming,
} from '../journey/journey';
import type { Locale } from '../locales/translate';
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
  const recommendations = page.answer ? renderAnswer(site, page.answer, locale) : '';
  const journey = journeyOf(site.journey, page.answer, performance.now() - startedAt);
  const html = shell.fill({
    recommendations,
    journey: renderJourney(views, journey, locale, requestId),
  });
  response.statusCode = page.status ?? 200;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Vary', 'Accept-Language, Cookie');
  response.setHeader('Content-Language', locale);
  response.setHeader('Server-Timing', serverTiming(journey));
  response.setHeader('Content-Length', html.length);
  response.end(html);
}

/** Times are shown to a tenth of a millisecond, longer ones to a millisecond. */
const shownMs = (ms: number) => (ms < 10 ? ms.toFixed(1) : ms.toFixed(0));

function renderJourney(views: Views, journey: Journey, locale: Locale, requestId: string): Buffer {
  const { facts, times } = journey;
  const panel = views.shell('parts/journey', locale, keyOfFacts(journey), () => facts);
  return panel.fill({
    dns: times.dns === undefined ? '' : shownMs(times.dns),
    connect: times.connect === undefined ? '' : shownMs(times.connect),
    rpc: times.rpc === undefined ? '' : shownMs(times.rpc),
    render: shownMs(times.render),
    age: times.age === undefined ? '' : shownMs(times.age / 1000),
    requestId,
  });
}

const LIST_START = Buffer.from('<ul class="cards">');
const LIST_END = Buffer.from('</ul>');

/** Lists by the books they show: a cached answer has been rendered before. */
const renderedLists = { en: new WeakMap<object, Buffer>(), ja: new WeakMap<object, Buffer>() };

function renderAnswer(site: Site, answer: Answer, locale: Locale): Buffer {
  if (answer.state === 'unavailable') {
    return site.views.fragment('parts/unavailable', locale, '', () => ({}));
  }
  const rendered = renderedLists[locale];
  let list = rendered.get(answer.books);
  if (!list) {
    list = renderList(site, answer.books, locale);
    rendered.set(answer.books, list);
  }
  if (answer.state !== 'last-good') return list;
  return Buffer.concat([site.views.fragment('parts/last-good', locale, '', () => ({})), list]);
}

function renderList(
  { views, catalog }: Site,
  books: readonly RecommendedBook[],
  locale: Locale,
): Buffer {
  const cards = books.map((book) =>
    views.fragment('parts/card', locale, cardKey(book), () => ({
      book,
      known: catalog.find(book.id) ?? null,
    })),
  );
  return Buffer.concat([LIST_START, ...cards, LIST_END]);
}

/** Everything a card shows. Titles come from another process, so they are part of the key. */
function cardKey({ id, title, author, reason }: RecommendedBook): string {
  return JSON.stringify([id, title, author, reason?.kind, reason?.subjects]);
}
