import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Identity } from './identity';

export type { Logger };

/** Lines are written this many bytes at a time: a system call for each would cost more than the line. */
const BATCH_BYTES = 4_096;

/** How long a line may wait for its batch. */
const FLUSH_INTERVAL_MS = 100;

function batchedStandardOutput(): DestinationStream {
  const destination = pino.destination({ fd: 1, sync: false, minLength: BATCH_BYTES });
  setInterval(() => destination.flush(), FLUSH_INTERVAL_MS).unref();
  return destination;
}

/**
 * A JSON logger: one object a line with `time` (RFC 3339), `level` as a word, `service` and `pod`.
 *
 * @param destination where lines go; default: standard output in batches, a tenth of a second late
 *   at the most. Call `flush()` before the process ends.
 */
export function createLogger(
  identity: Pick<Identity, 'service' | 'pod'>,
  level: string,
  destination: DestinationStream = batchedStandardOutput(),
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
