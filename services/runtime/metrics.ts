import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Identity } from './identity';

export type { Registry };

/** From a cache hit to a call at its deadline, in seconds. */
const DURATION_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** A registry with Node's process metrics and `service_info`; every series carries `service`. */
export function createRegistry(identity: Identity): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service: identity.service });
  collectDefaultMetrics({ register: registry });
  const { version, commit, pod, node, zone } = identity;
  new Gauge({
    name: 'service_info',
    help: 'Which process this is; always 1.',
    labelNames: ['version', 'commit', 'pod', 'node', 'zone'],
    registers: [registry],
  }).set({ version, commit, pod, node, zone }, 1);
  return registry;
}

/** Takes note of one finished request or call. */
export type ObserveDuration = (operation: string, outcome: string, durationMs: number) => void;

/**
 * Rate, errors and duration of one kind of work, as one histogram in seconds.
 *
 * @param labels names of the two labels, for instance `['route', 'status']` or `['method', 'code']`.
 *   The first must be a pattern from the code (`/books/:id`), never what a client sent: every
 *   distinct value is a series for ever.
 */
export function durationHistogram(
  registry: Registry,
  name: string,
  help: string,
  labels: readonly [operation: string, outcome: string],
): ObserveDuration {
  const histogram = new Histogram({
    name,
    help,
    labelNames: [...labels],
    buckets: DURATION_BUCKETS_S,
    registers: [registry],
  });
  const series = new Map<string, Histogram.Internal<string>>();
  return (operation, outcome, durationMs) => {
    const key = `${operation}\n${outcome}`;
    let found = series.get(key);
    if (!found) {
      found = histogram.labels({ [labels[0]]: operation, [labels[1]]: outcome });
      series.set(key, found);
    }
    found.observe(durationMs / 1000);
  };
}
