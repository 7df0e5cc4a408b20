import type { Logger } from '@driftless/runtime';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { type ErrorStatus, HttpError } from '../http/http-error';
import { pageContext } from '../http/page-context';
import { type Site, show } from './site';

/** No page has this address. */
export const notFound: RequestHandler = () => {
  throw new HttpError(404);
};

/** Shows an error page with the request's id; what went wrong is in the log under the same id. */
export function errorPage(site: Site, log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const { requestId } = pageContext(response);
    const status = statusOf(error);
    if (status === 500) log.error({ requestId, err: error }, 'a page failed');
    if (response.headersSent) return next(error);
    if (status === 413) response.setHeader('Connection', 'close');
    show(site, response, {
      template: 'error',
      address: '/',
      values: () => ({ status, requestId }),
      status,
    });
  };
}

/** The statuses that Express and its body parser raise for a bad request. */
const CLIENT_ERRORS: readonly ErrorStatus[] = [400, 404, 413, 414];

function statusOf(error: unknown): ErrorStatus {
  if (error instanceof HttpError) return error.status;
  const status = (error as { status?: unknown } | null)?.status;
  const known = CLIENT_ERRORS.find((candidate) => candidate === status);
  if (known) return known;
  return typeof status === 'number' && status >= 400 && status < 500 ? 400 : 500;
}
