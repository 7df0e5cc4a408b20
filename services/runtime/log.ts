import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Identity } from './identity';

export type { Logger };

/**
 * A JSON logger: one object a line with `time` (RFC 3339), `level` as a word, `service` and `pod`.
 *
 * @param destination where lines go; default: standard output, written in batches so that an
 *   access log does not cost a system call a request. `flush()` before the process ends.
 */
export function createLogger(
  identity: Pick<Identity, 'service' | 'pod'>,
  level: string,
  destination: DestinationStream = pino.destination({ fd: 1, sync: false, minLength: 0 }),
): Logger {
  return pino(
    {
      level,
      base: { service: identity.service, pod: identity.pod },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
