import type { Identity } from '@driftless/runtime';
import type { Answer, ServedBy } from '../recommender/answer';
import type { DriftStatus } from './drift-status';
import type { PathTimes } from './path-probe';

/** How one page came to be: what the panel "How this page reached you" shows. */
export interface Journey {
  /** What is alike on many pages, so that the panel is rendered once for all of them. */
  readonly facts: {
    /** Whether this process runs in a pod. */
    readonly isOnCluster: boolean;
    readonly marketplace: Identity;
    /** Host and port of the recommender, as configured. */
    readonly recommenderAddress: string;
    /** The IP address it was found at. */
    readonly resolvedAddress: string | null;
    readonly isConnected: boolean;
    readonly recommender: ServedBy | null;
    /** The state of the answer; `not-asked` on pages that need none. */
    readonly answer: Answer['state'] | 'not-asked';
    readonly reason: string;
    readonly attempts: number;
    readonly drift: DriftStatus;
  };
  /** What was measured, in ms; undefined where nothing was. */
  readonly times: {
    readonly dns: number | undefined;
    readonly connect: number | undefined;
    readonly rpc: number | undefined;
    readonly render: number;
    /** Since the answer was fetched. */
    readonly age: number | undefined;
  };
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
  const path = sources.path();
  return {
    facts: {
      isOnCluster: sources.isOnCluster,
      marketplace: sources.identity,
      recommenderAddress: sources.recommenderAddress,
      resolvedAddress: path.address ?? null,
      isConnected: path.connectMs !== undefined,
      recommender: hasBooks ? answer.servedBy : null,
      answer: answer?.state ?? 'not-asked',
      reason: answer && 'reason' in answer ? answer.reason : '',
      attempts: answer?.state === 'called' ? answer.attempts : 1,
      drift: sources.drift(),
    },
    times: {
      dns: path.dnsMs,
      connect: path.connectMs,
      rpc: hasBooks ? answer.rpcMs : undefined,
      render: renderMs,
      age: answer && 'ageMs' in answer ? answer.ageMs : undefined,
    },
  };
}

/** Equal for journeys whose facts are alike. What never changes in one process is left out. */
export function keyOfFacts({ facts }: Journey): string {
  const { resolvedAddress, isConnected, recommender, answer, reason, attempts, drift } = facts;
  const by = recommender
    ? `${recommender.pod}\n${recommender.node}\n${recommender.zone}\n${recommender.version}\n${recommender.commit}`
    : '';
  const verdict = drift.state === 'unwatched' ? '' : JSON.stringify(drift);
  return `${resolvedAddress}\n${isConnected}\n${answer}\n${reason}\n${attempts}\n${by}\n${verdict}`;
}

/**
 * The same times as a `Server-Timing` header (W3C), which browsers show beside the request.
 * Only what was measured is in it; `rpc` is there when this very page made the call.
 */
export function serverTiming({ facts, times }: Journey): string {
  const rpc = facts.answer === 'called' ? times.rpc : undefined;
  let header = `render;dur=${times.render.toFixed(2)}`;
  if (rpc !== undefined) header = `rpc;dur=${rpc.toFixed(2)}, ${header}`;
  if (times.connect !== undefined) header = `connect;dur=${times.connect.toFixed(2)}, ${header}`;
  if (times.dns !== undefined) header = `dns;dur=${times.dns.toFixed(2)}, ${header}`;
  return header;
}
