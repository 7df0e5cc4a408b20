import type { RequestHandler } from 'express';
import { HttpError } from '../http/http-error';
import { LANGUAGE_COOKIE } from '../http/page-context';
import { parseLocale } from '../locales/translate';
import { VISITOR_MAX_AGE_S } from '../visitor/visitor-id';

/** Keeps the language a visitor chose, and goes back to where the switch was used. */
export const chooseLanguage: RequestHandler = (request, response) => {
  const { language, address } = (request.body ?? {}) as Record<string, unknown>;
  const locale = parseLocale(language);
  if (!locale) throw new HttpError(400);
  response.cookie(LANGUAGE_COOKIE, locale, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    maxAge: VISITOR_MAX_AGE_S * 1000,
  });
  response.redirect(303, isOwnAddress(address) ? address : '/');
};

/** An address on this site: `//elsewhere` and `/\elsewhere` lead away from it. */
function isOwnAddress(address: unknown): address is string {
  return typeof address === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(address);
}
