import type { ObserveDuration } from '@driftless/runtime';
import { ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';

/**
 * Stands in front of every handler: counts each call once with its method and status, and ends
 * calls that take too long. A client that opens a call and never sends its message would otherwise
 * hold it for ever: the handler, and so any limit inside it, is not reached.
 */
export function callGuard(maxCallMs: number, observe: ObserveDuration): ServerInterceptor {
  return (method, call) => {
    const startedAt = performance.now();
    let isEnded = false;
    const end = (code: status) => {
      if (isEnded) return false;
      isEnded = true;
      clearTimeout(limit);
      observe(method.path, status[code], performance.now() - startedAt);
      return true;
    };
    const guarded = new ServerInterceptingCall(call, {
      start: (next) => next({ onCancel: () => void end(status.CANCELLED) }),
      sendStatus: (answer, next) => {
        if (end(answer.code ?? status.UNKNOWN)) next(answer);
      },
    });
    const limit = setTimeout(
      () =>
        guarded.sendStatus({
          code: status.DEADLINE_EXCEEDED,
          details: `the call took more than ${maxCallMs} ms`,
        }),
      maxCallMs,
    );
    return guarded;
  };
}
