import { type ChildProcess, spawn } from 'node:child_process';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { HOST, type LocalService } from './services';

/** How a service is started: the program, its arguments before the service's own file, and its environment. */
export interface Launch {
  readonly command: string;
  readonly nodeArguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** A service that does not stop in this time is killed; default 5 s. */
  readonly stopLimitMs?: number;
  /** The service's `main`. */
  mainFile(name: string): string;
}

/** A service that runs as a process of its own. */
export interface ChildService {
  readonly name: string;
  /** Resolves with true when `/readyz` says so, with false when the process ended before. */
  ready(): Promise<boolean>;
  /** Resolves with what ended it, whenever that is. */
  readonly ended: Promise<string>;
  /** Asks it to stop and resolves when it is gone. */
  stop(): Promise<void>;
}

const READY_POLL_MS = 20;

const STOP_LIMIT_MS = 5_000;

/**
 * Starts `service`. It also ends when this process does, however that happens: it watches its end
 * of the IPC channel.
 *
 * @param onLine called with every line it logs
 */
export function startService(
  service: LocalService,
  launch: Launch,
  onLine: (line: string) => void,
): ChildService {
  const child = spawn(launch.command, [...launch.nodeArguments, launch.mainFile(service.name)], {
    env: { ...launch.environment, ...service.environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // A Ctrl-C in the terminal is for the process that stops all of them in order.
    detached: true,
  });
  if (child.stdout) createInterface(child.stdout).on('line', onLine);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Not `exit`: what it wrote last, which may say why, is read only by then.
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return {
    name: service.name,
    ended,
    ready: () => waitUntilReady(service.opsPort, child),
    stop: () => stop(child, ended, launch.stopLimitMs ?? STOP_LIMIT_MS),
  };
}

async function waitUntilReady(opsPort: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await isReady(opsPort)) return true;
    await delay(READY_POLL_MS);
  }
  return false;
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: HOST, port, path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => resolve(false));
  });
}

async function stop(child: ChildProcess, ended: Promise<string>, limitMs: number): Promise<void> {
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(limit);
}
