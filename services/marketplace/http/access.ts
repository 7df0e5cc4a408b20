import {
  type Carrier,
  endSpan,
  type Logger,
  type ObserveDuration,
  traceIdOf,
  withServerSpan,
} from '@driftless/runtime';
import type { Request, Response } from 'express';
import type { PageContext } from './page-context';

/** Runs `work`, and takes note of its request when the answer is out. */
export type AccessLog = (
  request: Request,
  response: Response,
  page: PageContext,
  work: () => void,
) => void;

/** The client went away before the answer was out: nginx's status for it. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * One log line, one measurement and one span for every request. The route is the pattern in the
 * code, never the address that was asked for.
 */
export function accessLog(log: Logger, observe: ObserveDuration): AccessLog {
  return (request, response, { requestId }, work) => {
    const startedAt = performance.now();
    withServerSpan(request.method, headerCarrier(request), (span) => {
      response.on('close', () => {
        const durationMs = performance.now() - startedAt;
        const { method } = request;
        const route = routeOf(request, response);
        const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
        observe(`${method} ${route}`, String(status), durationMs);
        span.updateName(`${method} ${route}`);
        endSpan(span, status >= 500 ? `status ${status}` : undefined);
        const traceId = traceIdOf(span);
        log.info({ requestId, traceId, method, route, status, durationMs }, 'request');
      });
      work();
    });
  };
}

const UNMATCHED = 'unmatched';

function routeOf(request: Request, response: Response): string {
  if (typeof response.locals.route === 'string') return response.locals.route;
  const pattern: unknown = request.route?.path;
  return typeof pattern === 'string' ? pattern : UNMATCHED;
}

function headerCarrier(request: Request): Carrier {
  return {
    get: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    set: () => undefined,
  };
}
