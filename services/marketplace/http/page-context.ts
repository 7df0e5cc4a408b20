import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { LOCALES, type Locale, parseLocale } from '../locales/translate';
import { cookieValue } from '../visitor/cookies';
import { VISITOR_COOKIE, VISITOR_MAX_AGE_S, type VisitorIds } from '../visitor/visitor-id';

/** The cookie that keeps the language a visitor chose. */
export const LANGUAGE_COOKIE = 'language';

/** What every page knows of its request. */
export interface PageContext {
  /** In the log, in the `X-Request-Id` header and on error pages. */
  readonly requestId: string;
  readonly locale: Locale;
}

/** The id a trusted proxy gave, when it looks like one; otherwise a new one. */
export function requestIdOf(request: Request, trustsProxy: boolean): string {
  const given = trustsProxy ? request.headers['x-request-id'] : undefined;
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** The language chosen with the switch, or else the best of `Accept-Language`. */
export function localeOf(request: Request): Locale {
  const chosen = parseLocale(cookieValue(request.headers.cookie, LANGUAGE_COOKIE));
  if (chosen) return chosen;
  if (!request.headers['accept-language']) return LOCALES[0];
  return parseLocale(request.acceptsLanguages([...LOCALES])) ?? LOCALES[0];
}

/** Makes the context of a request; {@link pageContext} gives it to whoever has the response. */
export function openPage(request: Request, response: Response, trustsProxy: boolean): PageContext {
  const page: PageContext = {
    requestId: requestIdOf(request, trustsProxy),
    locale: localeOf(request),
  };
  response.locals.page = page;
  response.setHeader('X-Request-Id', page.requestId);
  return page;
}

/** The context of the request that `response` answers. */
export function pageContext(response: Response): PageContext {
  return response.locals.page as PageContext;
}

/**
 * Who visits: the id in the cookie; for a newcomer, or when the cookie is not one of ours, a new id
 * and a cookie that keeps it.
 */
export function visitorOf(request: Request, response: Response, ids: VisitorIds): number {
  const value = cookieValue(request.headers.cookie, VISITOR_COOKIE);
  const known = value === undefined ? undefined : ids.verify(value);
  if (known !== undefined) return known;
  const id = ids.create();
  response.cookie(VISITOR_COOKIE, ids.sign(id), {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    maxAge: VISITOR_MAX_AGE_S * 1000,
    encode: String,
  });
  return id;
}
