import { connect } from 'node:net';
import {
  type RunningMarketplace,
  type RunningRecommendations,
  startMarketplace,
  startRecommendations,
} from '../site';

let recommendations: RunningRecommendations;
let site: RunningMarketplace;

beforeAll(async () => {
  recommendations = await startRecommendations();
  site = await startMarketplace(recommendations.port);
});

afterAll(async () => {
  await site.close();
  await recommendations.close();
});

/** Sends bytes as they are and resolves with the status of the answer; 0 when the connection ends without one. */
function send(...parts: string[]): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(site.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
      socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)));
    for (const part of parts) socket.write(part);
  });
}

const HOST = 'Host: localhost\r\n';

describe('requests that are too much', () => {
  it.each([
    ['a long address', `GET /search?q=${'a'.repeat(2_100)} HTTP/1.1\r\n${HOST}\r\n`, 414],
    ['large headers', `GET / HTTP/1.1\r\n${HOST}X: ${'a'.repeat(9_000)}\r\n\r\n`, 431],
    ['a large body', `POST /language HTTP/1.1\r\n${HOST}Content-Length: 2000\r\n\r\n`, 413],
    ['a body where none belongs', `GET / HTTP/1.1\r\n${HOST}Content-Length: 2000\r\n\r\n`, 413],
    ['a body without an end', `GET / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`, 413],
    [
      'a body that grows beyond its limit',
      `POST /language HTTP/1.1\r\n${HOST}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n${'a'.repeat(0xfff)}\r\n0\r\n\r\n`,
      413,
    ],
    ['no HTTP at all', '\x16\x03\x01\r\n\r\n', 400],
    [
      'two lengths',
      `POST /language HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
    ],
  ])('%s', async (_name, request, status) => {
    expect(await send(request)).toBe(status);
  });
});

describe('answers', () => {
  const EXPECTED_HEADERS = {
    'content-security-policy':
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cross-origin-opener-policy': 'same-origin',
  };

  it.each(['/', '/nothing', '/assets/site.css', `/search?q=${'a'.repeat(3_000)}`])(
    'carry the security headers: %s',
    async (path) => {
      const { headers } = await fetch(site.url + path);
      expect(Object.fromEntries(headers)).toMatchObject(EXPECTED_HEADERS);
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('to errors have an id that is also in the log, and never a stack', async () => {
    const response = await fetch(`${site.url}/nothing`);
    const id = response.headers.get('x-request-id') ?? '';
    const html = await response.text();
    expect(html).toContain(`<code>${id}</code>`);
    expect(html).not.toMatch(/at .*\.ts|Error:/);
    expect(site.log.filter(({ requestId }) => requestId === id)).toMatchObject([
      { msg: 'request', method: 'GET', route: 'unmatched', status: 404 },
    ]);
  });

  it('keep no address and no invented method as a metric label', async () => {
    await fetch(`${site.url}/books/77`);
    await fetch(`${site.url}/some/secret/address`);
    const metrics = await site.metrics();
    expect(metrics).toContain('route="GET /books/:id",status="200"');
    expect(metrics).toContain('route="GET unmatched",status="404"');
    expect(metrics).not.toContain('secret');
    expect(metrics).not.toContain('/books/77');
  });

  it('ask to reconnect elsewhere while draining', async () => {
    const draining = await startMarketplace(recommendations.port);
    expect((await fetch(draining.url)).headers.get('connection')).toBe('keep-alive');
    Object.defineProperty(draining.lifecycle, 'isDraining', { value: true });
    for (const path of ['/', '/nothing', '/assets/site.css']) {
      expect((await fetch(draining.url + path)).headers.get('connection')).toBe('close');
    }
    await draining.close();
  });
});

describe('the rate limit', () => {
  it('answers 429 beyond it, with when to come back, and leaves assets alone', async () => {
    const limited = await startMarketplace(recommendations.port, { RATE_LIMIT_PER_MINUTE: '5' });
    const statuses = [];
    for (let request = 0; request < 7; request += 1)
      statuses.push((await fetch(`${limited.url}/about`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = await fetch(`${limited.url}/about`);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain('One moment, please');
    expect((await fetch(`${limited.url}/assets/site.css`)).status).toBe(200);
    await limited.close();
  });

  it.each([
    ['believes no client by default', '0', [200, 429]],
    ['believes the proxies it is told of', '1', [200, 200]],
  ])('%s', async (_name, hops, statuses) => {
    const limited = await startMarketplace(recommendations.port, {
      RATE_LIMIT_PER_MINUTE: '1',
      TRUSTED_PROXY_HOPS: hops,
    });
    const from = (client: string) =>
      fetch(`${limited.url}/about`, { headers: { 'x-forwarded-for': client } });
    expect([(await from('192.0.2.1')).status, (await from('192.0.2.2')).status]).toEqual(statuses);
    await limited.close();
  });

  it('takes a request id only from a proxy it trusts', async () => {
    const trusting = await startMarketplace(recommendations.port, { TRUSTED_PROXY_HOPS: '1' });
    const idOf = async (url: string, id: string) =>
      (await fetch(`${url}/about`, { headers: { 'x-request-id': id } })).headers.get(
        'x-request-id',
      );
    expect(await idOf(trusting.url, 'abcdef-123456')).toBe('abcdef-123456');
    expect(await idOf(trusting.url, 'a "quoted" one')).not.toContain('quoted');
    expect(await idOf(site.url, 'abcdef-123456')).not.toBe('abcdef-123456');
    await trusting.close();
  });
});
