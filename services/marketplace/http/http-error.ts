/** The statuses that have a page of their own; texts are in `locales/`, under `error`. */
export type ErrorStatus = 400 | 404 | 413 | 414 | 429 | 500;

/** Ends a request with an error page. */
export class HttpError extends Error {
  constructor(readonly status: ErrorStatus) {
    super(`HTTP ${status}`);
    this.name = 'HttpError';
  }
}
