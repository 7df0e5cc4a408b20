import autocannon from 'autocannon';

/** One run of load against one address. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second in all (an open loop); absent: as fast as answers come (a closed loop). */
  readonly rate?: number;
  /** `Cookie` headers of visitors; each connection is one of them. */
  readonly cookies?: readonly string[];
}

/** What came of it. Latencies in ms; in an open loop corrected for coordinated omission. */
export interface LoadResult {
  /** Answered requests. */
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

/** Puts load on an address. */
export async function putLoad({
  url,
  connections,
  seconds,
  rate,
  cookies,
}: Load): Promise<LoadResult> {
  let connection = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(rate === undefined ? {} : { overallRate: rate }),
    setupClient: (client) => {
      connection += 1;
      if (cookies) client.setHeaders({ cookie: cookies[connection % cookies.length] ?? '' });
    },
  });
  return {
    requests: result.requests.total,
    requestsPerSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.errors + result.timeouts + result.non2xx,
  };
}

/** Cookies of `count` new visitors of a marketplace. */
export async function newVisitors(url: string, count: number): Promise<string[]> {
  const cookies: string[] = [];
  for (let visitor = 0; visitor < count; visitor += 1) {
    const [cookie = ''] = (await fetch(url)).headers.getSetCookie();
    cookies.push(cookie.split(';')[0] ?? '');
  }
  return cookies;
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
