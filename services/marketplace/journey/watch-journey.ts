import type { Identity } from '@driftless/runtime';
import type { Settings } from '../settings';
import { BackgroundValue } from './background-value';
import { type DriftStatus, fetchDriftStatus } from './drift-status';
import type { JourneySources } from './journey';
import { type PathTimes, probePath } from './path-probe';

const PATH_MAX_AGE_MS = 10_000;

/** A verdict is to be seen within a second of the operator's. */
const DRIFT_MAX_AGE_MS = 500;

/** What the panel shows beside a page's own times, measured in the background while pages are asked for. */
export function watchJourney(settings: Settings, identity: Identity): JourneySources {
  const {
    RECOMMENDATIONS_HOST: host,
    RECOMMENDATIONS_PORT: port,
    DRIFT_STATUS_URL: url,
  } = settings;
  const clock = () => performance.now();
  const path = new BackgroundValue<PathTimes>(
    {},
    PATH_MAX_AGE_MS,
    () => probePath(host, port),
    clock,
  );
  const drift = new BackgroundValue<DriftStatus>(
    { state: url ? 'unknown' : 'unwatched' },
    DRIFT_MAX_AGE_MS,
    async () => (url ? fetchDriftStatus(url) : { state: 'unwatched' }),
    clock,
  );
  // The first page already has something to show.
  path.current();
  drift.current();
  return {
    identity,
    isOnCluster: settings.POD_NAME !== undefined,
    recommenderAddress: `${host}:${port}`,
    path: () => path.current(),
    drift: () => drift.current(),
  };
}
