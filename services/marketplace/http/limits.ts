import type { RequestHandler } from 'express';
import { type RateLimitRequestHandler, rateLimit } from 'express-rate-limit';
import { HttpError } from './http-error';

/** Longer addresses are answered 414. The longest of ours, a search, needs some 400. */
export const MAX_URL_LENGTH = 2_048;

/** Larger bodies are answered 413. The only form we have sends some 30 bytes. */
export const MAX_BODY_BYTES = 1_024;

/** Refuses what no page of ours needs, before anything else reads it. */
export const limitRequests: RequestHandler = (request, _response, next) => {
  if (request.url.length > MAX_URL_LENGTH) throw new HttpError(414);
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > MAX_BODY_BYTES) throw new HttpError(413);
  if (request.headers['transfer-encoding'] && request.method !== 'POST') throw new HttpError(413);
  next();
};

/** Requests a minute and client. Which address is the client's is Express's `trust proxy`. */
export function limitRate(perMinute: number): RateLimitRequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new HttpError(429)),
  });
}
