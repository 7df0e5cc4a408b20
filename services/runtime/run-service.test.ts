import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { closeServer, listen } from './listen';

jest.setTimeout(20_000);

/** Longer than any test may last: what ends sooner ended for another reason. */
const ENDLESS_MS = '60000';

type Entry = Record<string, unknown>;

/** A process that runs the fixture service, and everything it logs. */
class FixtureService {
  readonly entries: Entry[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<[exit: unknown[], log: unknown[]]>;

  constructor(environment: NodeJS.ProcessEnv = {}, loader = ['--require', 'tsx/cjs']) {
    const fixture = path.join(__dirname, 'fixtures/service.ts');
    this.#child = spawn(
      process.execPath,
      [...loader, '--conditions', 'driftless-source', fixture],
      {
        cwd: __dirname,
        env: { HOST: '127.0.0.1', PORT: '0', OPS_PORT: '0', DRAIN_MS: '0', ...environment },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      },
    );
    if (!this.#child.stdout) throw new Error('its log is not read');
    const log = createInterface(this.#child.stdout);
    log.on('line', (line) => this.entries.push(JSON.parse(line)));
    // Not the child's `close`, which never comes once the parent has disconnected.
    this.#ended = Promise.all([once(this.#child, 'exit'), once(log, 'close')]);
    running.add(this.#child);
    this.#child.once('exit', () => running.delete(this.#child));
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  disconnect(): void {
    this.#child.disconnect();
  }

  /** The exit code, once it has ended and its whole log is read; a signal's name if that ended it. */
  async exit(): Promise<unknown> {
    const [[code, signal]] = await this.#ended;
    return code ?? signal;
  }

  /** Resolves with the first entry with this message. */
  async entry(msg: string): Promise<Entry> {
    for (;;) {
      const found = this.entries.find((entry) => entry.msg === msg);
      if (found) return found;
      if (!running.has(this.#child)) throw new Error(`ended without saying "${msg}"`);
      await delay(2);
    }
  }

  async get(path: string, headers = {}): Promise<{ status: number; body: string }> {
    const { port } = await this.entry('listening');
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return { status: response.status, body: await response.text() };
  }

  async ops(path: string): Promise<{ status: number; body: string }> {
    const { opsPort } = await this.entry('ready');
    const response = await fetch(`http://127.0.0.1:${opsPort}${path}`);
    return { status: response.status, body: await response.text() };
  }

  get messages(): unknown[] {
    return this.entries.map(({ msg }) => msg);
  }
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe('a service that is told to stop', () => {
  test('goes on answering, is not ready but alive while it drains, and exits with 0', async () => {
    const service = new FixtureService({ DRAIN_MS: '400' });
    expect(await service.ops('/readyz')).toEqual({ status: 200, body: 'ready\n' });
    service.signal('SIGTERM');
    expect(await service.entry('draining')).toMatchObject({ reason: 'SIGTERM', drainMs: 400 });
    expect(await service.ops('/readyz')).toEqual({ status: 503, body: 'draining\n' });
    expect(await service.ops('/livez')).toEqual({ status: 200, body: 'ok\n' });
    expect(await service.get('/work')).toMatchObject({ status: 200 });
    expect(await service.exit()).toBe(0);
    expect(service.messages).toEqual(['starting', 'listening', 'ready', 'draining', 'stopped']);
  });

  test('exits with 1 at once at the second signal', async () => {
    const service = new FixtureService({ DRAIN_MS: ENDLESS_MS });
    await service.entry('ready');
    service.signal('SIGINT');
    await service.entry('draining');
    service.signal('SIGTERM');
    expect(await service.exit()).toBe(1);
    expect(service.messages).toContain('forced to stop');
  });

  test('stops when the process that started it is gone', async () => {
    const service = new FixtureService();
    await service.entry('ready');
    service.disconnect();
    expect(await service.exit()).toBe(0);
    expect(service.entries).toContainEqual(
      expect.objectContaining({ msg: 'draining', reason: 'the parent process ended' }),
    );
  });

  test('stops when that process was gone before the service had begun', async () => {
    // This loader lets events pass before the service's first line runs.
    const service = new FixtureService({}, ['--import', 'tsx']);
    service.disconnect();
    expect(await service.exit()).toBe(0);
    const fromThen = service.messages.slice(service.messages.indexOf('draining'));
    expect(fromThen).not.toContain('ready');
  });

  test('stops while it is starting, and never says that it is ready', async () => {
    const service = new FixtureService({
      START_MS: '100',
      CLOSE_MS: '300',
      DRAIN_MS: ENDLESS_MS,
    });
    await service.entry('starting');
    service.signal('SIGTERM');
    expect(await service.exit()).toBe(0);
    expect(service.messages).toEqual(['starting', 'draining', 'listening', 'stopped']);
  });
});

describe('a service that cannot run', () => {
  test('reports every bad setting in one line, no secret among them, and exits with 1', async () => {
    const service = new FixtureService({
      PORT: '',
      OPS_PORT: 'ops',
      LOG_LEVEL: 'loud',
      API_TOKEN: 'hunter2',
    });
    expect(await service.exit()).toBe(1);
    expect(service.entries).toHaveLength(1);
    expect(service.entries[0]).toMatchObject({
      level: 'fatal',
      service: 'fixture',
      code: 'CONFIG_INVALID',
    });
    const lines = String(service.entries[0]?.msg).split('\n').slice(1);
    expect(lines.map((line) => line.trim().split(' ')[1]).sort()).toEqual([
      'API_TOKEN',
      'LOG_LEVEL',
      'OPS_PORT',
      'PORT',
    ]);
    expect(JSON.stringify(service.entries)).not.toContain('hunter2');
  });

  test('names the port and the variable when a port is taken, and exits with 1', async () => {
    const other = createServer();
    const port = await listen(other, '127.0.0.1', 0, 'PORT');
    const service = new FixtureService({ OPS_PORT: String(port) });
    expect(await service.exit()).toBe(1);
    expect(service.entries).toEqual([
      expect.objectContaining({
        level: 'fatal',
        code: 'EADDRINUSE',
        msg: `port ${port} is already in use: choose another one with OPS_PORT=<port>`,
      }),
    ]);
    await closeServer(other);
  });

  test('logs a bug that nothing caught, and exits with 1', async () => {
    const service = new FixtureService();
    await service.get('/throw').catch(() => undefined);
    expect(await service.exit()).toBe(1);
    expect(service.entries.find(({ level }) => level === 'fatal')).toMatchObject({
      msg: 'uncaught exception',
      err: { message: 'a bug' },
    });
  });
});

describe('traces', () => {
  const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
  const PARENT_ID = '00f067aa0ba902b7';

  interface OtlpSpan {
    name: string;
    traceId: string;
    spanId: string;
    parentSpanId?: string;
    kind: number;
    status: { code?: number; message?: string };
  }
  interface OtlpTraces {
    resourceSpans: {
      resource: { attributes: { key: string; value: { stringValue?: string } }[] };
      scopeSpans: { spans: OtlpSpan[] }[];
    }[];
  }

  let collector: Server;
  let endpoint: string;
  const received: { path: string | undefined; body: OtlpTraces }[] = [];

  beforeAll(async () => {
    collector = createServer(async (request, response) => {
      received.push({ path: request.url, body: (await json(request)) as OtlpTraces });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    await listen(collector, '127.0.0.1', 0, 'PORT');
    endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
  });
  afterAll(() => closeServer(collector));

  test('spans reach the collector before the process ends, and nothing else does', async () => {
    const service = new FixtureService({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, VERSION: '1.2.3' });
    const { body } = await service.get('/work', {
      traceparent: `00-${TRACE_ID}-${PARENT_ID}-01`,
    });
    service.signal('SIGTERM');
    expect(await service.exit()).toBe(0);

    expect(received.map(({ path }) => path)).toEqual(['/v1/traces']);
    const [traces] = received[0]?.body.resourceSpans ?? [];
    const attributes = traces?.resource.attributes.map(({ key, value }) => [
      key,
      value.stringValue,
    ]);
    expect(attributes).toEqual(
      expect.arrayContaining([
        ['service.name', 'fixture'],
        ['service.version', '1.2.3'],
      ]),
    );
    const spans = traces?.scopeSpans.flatMap(({ spans }) => spans) ?? [];
    const server = spans.find(({ name }) => name === 'GET /work');
    const client = spans.find(({ name }) => name === 'Books/Lend');
    // Kinds and status codes are those of opentelemetry/proto/trace/v1/trace.proto.
    expect(server).toMatchObject({ traceId: TRACE_ID, parentSpanId: PARENT_ID, kind: 2 });
    expect(server?.status.code ?? 0).toBe(0);
    expect(client).toMatchObject({
      traceId: TRACE_ID,
      parentSpanId: server?.spanId,
      kind: 3,
      status: { code: 2, message: 'UNAVAILABLE' },
    });
    expect(JSON.parse(body)).toMatchObject({ traceparent: `00-${TRACE_ID}-${client?.spanId}-01` });
  });

  test('without a collector no part of the SDK is loaded', async () => {
    const service = new FixtureService();
    const { modules } = await service.entry('listening');
    const names = (modules as string[]).map((file) => /.*@opentelemetry\/([^/]*)/.exec(file)?.[1]);
    expect([...new Set(names)].sort()).toEqual(['api', 'core', 'semantic-conventions']);
  });
});
