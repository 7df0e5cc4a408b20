import type { ObserveDuration } from '@driftless/runtime';
import { ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';

/**
 * Stands in front of every handler, and must be the first interceptor:
 * - counts each call once with its method and status;
 * - ends calls that take too long. A client that opens a call and never sends its message would
 *   otherwise hold it for ever: the handler, and so any limit inside it, is not reached. Streams
 *   may last, they are bounded by the age of their connection;
 * - refuses compressed messages.
 */
export function callGuard(maxCallMs: number, observe: ObserveDuration): ServerInterceptor {
  return (method, call) => {
    const startedAt = performance.now();
    let limit: NodeJS.Timeout | undefined;
    let isEnded = false;
    const end = (code: status) => {
      if (isEnded) return false;
      isEnded = true;
      clearTimeout(limit);
      observe(method.path, status[code], performance.now() - startedAt);
      return true;
    };
    // grpc-js answers what it cannot read (too large, malformed, past the client's deadline) by
    // this method of the innermost call, past every interceptor: only here is each status seen.
    const sendStatus = call.sendStatus.bind(call);
    call.sendStatus = (answer) => {
      if (end(answer.code ?? status.UNKNOWN)) sendStatus(answer);
    };
    refuseCompression(call);
    if (!method.responseStream) {
      limit = setTimeout(
        () =>
          call.sendStatus({
            code: status.DEADLINE_EXCEEDED,
            details: `the call took more than ${maxCallMs} ms`,
          }),
        maxCallMs,
      );
    }
    let hasMessage = false;
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMessage: (message, pass) => {
            hasMessage = true;
            pass(message);
          },
          // A call that is given up looks half-closed at first, and would end as one that forgot
          // its message.
          onReceiveHalfClose: (pass) => (hasMessage ? pass() : setImmediate(pass)),
          onCancel: () => void end(status.CANCELLED),
        }),
    });
  };
}

/**
 * A request of 20 bytes gains nothing by compression, and grpc-js 1.14 sets up a decompressor for
 * every message of a frame at once: 320 KiB of empty "compressed" messages cost 700 MiB. It has no
 * option against it; an encoding that it does not know is answered with UNIMPLEMENTED.
 */
function refuseCompression(call: object): void {
  Reflect.set(call, 'incomingEncoding', 'compressed');
}
