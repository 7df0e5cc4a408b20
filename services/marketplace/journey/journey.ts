import type { Identity } from '@driftless/runtime';
import type { Answer, ServedBy } from '../recommender/answer';
import type { DriftStatus } from './drift-status';
import type { PathTimes } from './path-probe';

/** How one page came to be: what the panel "How this page reached you" shows. */
export interface Journey {
  /** Whether this process runs in a pod. */
  readonly isOnCluster: boolean;
  readonly marketplace: Identity;
  readonly path: PathTimes;
  /** Host and port of the recommender, as configured. */
  readonly recommenderAddress: string;
  readonly recommender: ServedBy | undefined;
  /** The state of the answer; `not-asked` on pages that need none. */
  readonly answer: Answer['state'] | 'not-asked';
  readonly reason: string | undefined;
  readonly rpcMs: number | undefined;
  readonly attempts: number | undefined;
  readonly ageMs: number | undefined;
  readonly renderMs: number;
  readonly drift: DriftStatus;
}

/** What does not change from page to page, and what is measured beside them. */
export interface JourneySources {
  readonly identity: Identity;
  readonly isOnCluster: boolean;
  readonly recommenderAddress: string;
  path(): PathTimes;
  drift(): DriftStatus;
}

/** The journey of a page that was rendered in `renderMs` from `answer`. */
export function journeyOf(
  sources: JourneySources,
  answer: Answer | undefined,
  renderMs: number,
): Journey {
  const hasBooks = answer !== undefined && answer.state !== 'unavailable';
  return {
    isOnCluster: sources.isOnCluster,
    marketplace: sources.identity,
    path: sources.path(),
    recommenderAddress: sources.recommenderAddress,
    recommender: hasBooks ? answer.servedBy : undefined,
    answer: answer?.state ?? 'not-asked',
    reason: answer && 'reason' in answer ? answer.reason : undefined,
    rpcMs: hasBooks ? answer.rpcMs : undefined,
    attempts: answer?.state === 'called' ? answer.attempts : undefined,
    ageMs: answer && 'ageMs' in answer ? answer.ageMs : undefined,
    renderMs,
    drift: sources.drift(),
  };
}

/**
 * The same times as a `Server-Timing` header (W3C), which browsers show beside the request.
 * Only what was measured is in it; `rpc` is there when this very page made the call.
 */
export function serverTiming({ path, answer, rpcMs, renderMs }: Journey): string {
  const entries: [string, number | undefined][] = [
    ['dns', path.dnsMs],
    ['connect', path.connectMs],
    ['rpc', answer === 'called' ? rpcMs : undefined],
    ['render', renderMs],
  ];
  return entries
    .flatMap(([name, ms]) => (ms === undefined ? [] : [`${name};dur=${ms.toFixed(2)}`]))
    .join(', ');
}
