import type { ServiceProcess } from '../service-process';
import { type Load, type LoadResult, median, putLoad } from './load';
import { answeredCalls, cpuMs } from './process-figures';

/** Something that load is put on. */
export interface Contestant {
  readonly name: string;
  readonly process: ServiceProcess;
  /** Visitors' cookies. */
  readonly cookies?: readonly string[];
}

/** How long, and how often in turn. */
export interface Rounds {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
}

/** Medians over the rounds. */
export interface Figures extends LoadResult {
  /** CPU time of the process for one request, in µs. */
  readonly cpuUs: number;
  /** Answered calls to the recommender for one request; not a number for peers, which do not say. */
  readonly callsPerRequest: number;
  /** Requests a second as a share of the first contestant's, round by round. */
  readonly ratio: number;
}

/** The address load is put on. */
export const urlOf = ({ port }: ServiceProcess): string => `http://127.0.0.1:${port}/`;

/**
 * Puts the same load on each contestant in turn, round after round, so that a machine that grows
 * slower does so for all of them.
 */
export async function compare(
  contestants: readonly Contestant[],
  { seconds, rounds, connections }: Rounds,
): Promise<Figures[]> {
  const runs: Run[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      runs[index]?.push(
        await run(contestant, { url: urlOf(contestant.process), connections, seconds }),
      );
    }
  }
  return runs.map((results) => ({
    requests: results.reduce((sum, { requests }) => sum + requests, 0),
    requestsPerSecond: median(results.map((result) => result.requestsPerSecond)),
    p50: median(results.map(({ p50 }) => p50)),
    p99: median(results.map(({ p99 }) => p99)),
    cpuUs: median(results.map(({ cpuUs }) => cpuUs)),
    callsPerRequest: median(results.map(({ callsPerRequest }) => callsPerRequest)),
    failures: results.reduce((sum, { failures }) => sum + failures, 0),
    ratio: median(
      results.map(
        (result, round) => result.requestsPerSecond / (runs[0]?.[round]?.requestsPerSecond ?? 1),
      ),
    ),
  }));
}

type Run = Omit<Figures, 'ratio'>;

async function run({ process, cookies }: Contestant, load: Load): Promise<Run> {
  const [cpuBefore, callsBefore] = [cpuMs(process), await answeredCalls(process)];
  const result = await putLoad({ ...load, ...(cookies && { cookies }) });
  return {
    ...result,
    cpuUs: ((cpuMs(process) - cpuBefore) * 1_000) / result.requests,
    callsPerRequest: ((await answeredCalls(process)) - callsBefore) / result.requests,
  };
}
