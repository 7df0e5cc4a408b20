import type { Request } from 'express';
import { type RateLimitRequestHandler, rateLimit } from 'express-rate-limit';
import { HttpError } from './http-error';

/** Longer addresses are answered 414. The longest of ours, a search, needs some 400. */
export const MAX_URL_LENGTH = 2_048;

/** Larger bodies are answered 413. The only form we have sends some 30 bytes. */
export const MAX_BODY_BYTES = 1_024;

/** Refuses what no page of ours needs, before anything reads it. @throws {HttpError} 413 or 414 */
export function refuseOversized({ url, method, headers }: Request): void {
  if (url.length > MAX_URL_LENGTH) throw new HttpError(414);
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw new HttpError(413);
  if (headers['transfer-encoding'] !== undefined && method !== 'POST') throw new HttpError(413);
}

/** Requests a minute and client. Which address is the client's is Express's `trust proxy`. */
export function limitRate(perMinute: number): RateLimitRequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new HttpError(429)),
  });
}
