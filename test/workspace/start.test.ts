import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

jest.setTimeout(30_000);

const ROOT = path.resolve(__dirname, '../..');

/** What `pnpm start` runs: `node`, its options, and the launcher. */
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: { start: string };
};
const [, ...START] = scripts.start.split(' ');
const HOST = '127.0.0.1';

/** A launcher that was killed takes its services with it in this time. */
const ORPHAN_LIMIT_MS = 2_000;

interface Ports {
  readonly PORT: number;
  readonly RECOMMENDATIONS_PORT: number;
  readonly OPS_PORT: number;
}

/** Takes a port, one that the system chooses by default. */
async function take(port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

/** Ports that are free, the one after OPS_PORT too. */
async function freePorts(): Promise<Ports> {
  const taken = await Promise.all([take(), take(), take()]);
  const [PORT, RECOMMENDATIONS_PORT, OPS_PORT] = taken.map(({ port }) => port);
  const next = await take((OPS_PORT ?? 0) + 1).catch(() => undefined);
  for (const { server } of [...taken, ...(next ? [next] : [])]) server.close();
  if (!next || !PORT || !RECOMMENDATIONS_PORT || !OPS_PORT) return freePorts();
  return { PORT, RECOMMENDATIONS_PORT, OPS_PORT };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST)
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process that runs; one that has ended and waits for its parent's notice does not. */
function processes(): Process[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [pid, parent, state, ...command] = line.trim().split(/\s+/);
      if (!pid || state?.startsWith('Z')) return [];
      return [{ pid: Number(pid), parent: Number(parent), command: command.join(' ') }];
    });
}

/** The services of this launcher, and what they started themselves. */
function descendantsOf(pid: number, all = processes()): Process[] {
  const children = all.filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child.pid, all)]);
}

async function untilGone(pids: readonly number[], limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const left = processes().filter(({ pid }) => pids.includes(pid));
    if (left.length === 0) return;
    if (performance.now() > deadline) throw new Error(`still there: ${JSON.stringify(left)}`);
    await delay(20);
  }
}

/** The launcher as `pnpm start` runs it, as a process of its own. */
class Launcher {
  readonly output: string[] = [];
  readonly #errors: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<[exit: unknown[], output: unknown[]]>;
  readonly #errorsRead: Promise<unknown[]>;

  constructor(ports: Partial<Ports>, options: { args?: string[]; env?: NodeJS.ProcessEnv } = {}) {
    this.#child = spawn(process.execPath, [...START, ...(options.args ?? [])], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, as a terminal gives it.
      detached: true,
    });
    const { stdout, stderr } = this.#child;
    if (!stdout || !stderr) throw new Error('what it prints is not read');
    const output = createInterface(stdout).on('line', (line) => this.output.push(line));
    const errors = createInterface(stderr).on('line', (line) => this.#errors.push(line));
    // Not the child's `close`: the services share its standard error, and may be what is left of it.
    this.#ended = Promise.all([once(this.#child, 'exit'), once(output, 'close')]);
    this.#errorsRead = once(errors, 'close');
    launchers.add(this);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The exit code, or the signal that ended it, once all of `output` is there. */
  async exit(): Promise<unknown> {
    const [[code, signal]] = await this.#ended;
    launchers.delete(this);
    return code ?? signal;
  }

  /** What it and its services wrote to standard error, once all of them have ended. */
  async errors(): Promise<readonly string[]> {
    await this.#errorsRead;
    return this.#errors;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** What a terminal does at Ctrl-C: the whole process group gets the signal. */
  pressCtrlC(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  /** Resolves with the first line that matches. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.output.find((line) => pattern.test(line));
      if (found) return found;
      if (!launchers.has(this) || this.#child.exitCode !== null) {
        throw new Error(`ended: ${[...this.output, ...this.#errors].join('\n')}`);
      }
      await delay(5);
    }
  }
}

const launchers = new Set<Launcher>();
afterEach(() => {
  for (const launcher of launchers) launcher.kill('SIGKILL');
  launchers.clear();
});

const IS_OPEN = /is open until Ctrl-C/;

async function open(): Promise<{ launcher: Launcher; ports: Ports; services: Process[] }> {
  const ports = await freePorts();
  const launcher = new Launcher(ports);
  await launcher.line(IS_OPEN);
  return { launcher, ports, services: descendantsOf(launcher.pid) };
}

const pidsOf = (all: readonly Process[]) => all.map(({ pid }) => pid);

describe('the marketplace on this machine', () => {
  test('has recommendations on its page, and ends with all its processes at Ctrl-C', async () => {
    const { launcher, ports, services } = await open();
    const url = `http://localhost:${ports.PORT}`;
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect((await response.text()).match(/href="\/books\/\d+/g)?.length).toBeGreaterThan(3);
    const metrics = await fetch(`http://${HOST}:${ports.OPS_PORT + 1}/metrics`);
    expect(await metrics.text()).toMatch(
      /rpc_server_duration_seconds_count\{.*code="OK".*\} [1-9]/,
    );

    launcher.pressCtrlC();
    expect(await launcher.exit()).toBe(0);
    // The address is the last line of all that starting has to say, warnings included.
    expect(launcher.output.slice(-2)).toEqual([expect.stringMatching(` ${url}$`), 'Stopping']);
    expect(pidsOf(services).length).toBeGreaterThanOrEqual(2);
    await untilGone(pidsOf(services), 0);
    for (const port of [...Object.values(ports), ports.OPS_PORT + 1]) {
      expect(await isOpen(port)).toBe(false);
    }
    expect(await launcher.errors()).toEqual([]);
  });

  test('stops everything and fails when one service ends by itself', async () => {
    const { launcher, services } = await open();
    const victim = services.find(({ command }) => command.includes('recommendations/main'));
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    expect(await launcher.exit()).toBe(1);
    expect(launcher.output.at(-1)).toBe('recommendations ended (SIGKILL), so everything stops');
    await untilGone(pidsOf(services), 0);
  });

  test('leaves no process when the launcher is killed', async () => {
    const { launcher, services } = await open();
    launcher.kill('SIGKILL');
    expect(await launcher.exit()).toBe('SIGKILL');
    await untilGone(pidsOf(services), ORPHAN_LIMIT_MS);
  });
});

describe('while it is starting', () => {
  test('SIGTERM ends it and all its processes', async () => {
    const launcher = new Launcher(await freePorts());
    await launcher.line(/^Starting marketplace/);
    const started = () =>
      descendantsOf(launcher.pid).filter(({ command }) => /\/main\.ts$/.test(command));
    while (started().length < 2) await delay(5);
    const services = started();
    launcher.kill('SIGTERM');
    expect(await launcher.exit()).toBe(0);
    await untilGone(pidsOf(services), 0);
    expect(launcher.output.at(-1)).toBe('Stopping');
    expect(await launcher.errors()).toEqual([]);
  });

  test('a service that cannot run says why, and everything stops', async () => {
    const launcher = new Launcher(await freePorts(), { env: { RATE_LIMIT_PER_MINUTE: 'many' } });
    expect(await launcher.exit()).toBe(1);
    expect(launcher.output.slice(-3)).toEqual([
      '  marketplace fatal: the configuration is not usable:',
      expect.stringMatching(/^ {2}- RATE_LIMIT_PER_MINUTE must be .*, got "many" /),
      'marketplace ended (exit code 1), so everything stops',
    ]);
    expect(await launcher.errors()).toEqual([]);
  });
});

describe('what cannot be started', () => {
  test('every taken port is told with its variable, and nothing is started', async () => {
    const ports = await freePorts();
    const needed = [
      ['PORT', ports.PORT],
      ['RECOMMENDATIONS_PORT', ports.RECOMMENDATIONS_PORT],
      ['OPS_PORT', ports.OPS_PORT],
      ['OPS_PORT', ports.OPS_PORT + 1],
    ] as const;
    const taken = await Promise.all(needed.map(([, port]) => take(port)));
    const launcher = new Launcher(ports);
    expect(await launcher.exit()).toBe(1);
    expect(await launcher.errors()).toEqual(
      needed.map(
        ([setting, port]) =>
          `port ${port} is already in use: choose another one with ${setting}=<port>`,
      ),
    );
    expect(launcher.output).toEqual([]);
    for (const { server } of taken) server.close();
  });

  test('every bad setting is told', async () => {
    const launcher = new Launcher({}, { env: { PORT: 'http', OPS_PORT: '99999' } });
    expect(await launcher.exit()).toBe(1);
    expect(await launcher.errors()).toEqual([
      'the configuration is not usable:',
      '  - PORT must be a whole number from 1 to 65535, got "http"',
      '  - OPS_PORT must be a whole number from 1 to 65534, got "99999"',
    ]);
  });

  test('an option that does not exist is answered with one line', async () => {
    const launcher = new Launcher({}, { args: ['--wach'] });
    expect(await launcher.exit()).toBe(1);
    expect(await launcher.errors()).toEqual(["Unknown option '--wach': --help lists the options"]);
  });
});

test('--help prints how to use it, and starts nothing', async () => {
  const launcher = new Launcher({}, { args: ['--help'] });
  expect(await launcher.exit()).toBe(0);
  expect(launcher.output[0]).toMatch(/^Usage: pnpm start/);
  for (const setting of ['PORT', 'RECOMMENDATIONS_PORT', 'OPS_PORT']) {
    expect(launcher.output).toContainEqual(expect.stringMatching(`^  ${setting} `));
  }
});
