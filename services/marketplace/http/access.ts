import {
  type Carrier,
  endSpan,
  type Logger,
  type ObserveDuration,
  traceIdOf,
  withServerSpan,
} from '@driftless/runtime';
import type { Request, RequestHandler, Response } from 'express';
import { pageContext } from './page-context';

/**
 * One log line, one measurement and one span for every request. The route is the pattern in the
 * code, never the address that was asked for.
 */
export function accessLog(log: Logger, observe: ObserveDuration): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    withServerSpan(`HTTP ${request.method}`, headerCarrier(request), (span) => {
      response.once('close', () => {
        const durationMs = performance.now() - startedAt;
        const route = routeOf(request, response);
        const status = response.writableFinished ? response.statusCode : 499;
        observe(`${request.method} ${route}`, String(status), durationMs);
        span.updateName(`${request.method} ${route}`);
        endSpan(span, status >= 500 ? `status ${status}` : undefined);
        const { requestId } = pageContext(response);
        const traceId = traceIdOf(span);
        log.info(
          { requestId, traceId, method: request.method, route, status, durationMs },
          'request',
        );
      });
      next();
    });
  };
}

const UNMATCHED = 'unmatched';

/** Methods are a label too: an invented one must not make a new series. */
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
