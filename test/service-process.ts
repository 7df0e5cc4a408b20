import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The repository, from this file's source as well as from what is built of it. */
const ROOT = path.resolve(require.resolve('@driftless/marketplace/package.json'), '../../..');

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly port: number;
  readonly opsPort: number;
  readonly pid: number;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** The arguments of Node for a service's source. */
export const fromSource = (name: string): string[] => [
  '--require',
  'tsx/cjs',
  '--conditions',
  'driftless-source',
  `services/${name}/main.ts`,
];

/** The arguments of Node for a service as `pnpm build` leaves it. */
export const asBuilt = (name: string): string[] => [`services/${name}/dist/main.js`];

/** Whatever ends this process, a failing test or a benchmark's Ctrl-C, must not leave a child. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts a Node program that logs `listening` and `ready` as services do, on free ports of
 * 127.0.0.1; resolves when it is ready.
 *
 * @throws when it ends instead, with what it logged
 */
export function startProcess(
  nodeArguments: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, nodeArguments, {
    cwd: ROOT,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', OPS_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return ready(nodeArguments.at(-1) ?? '', child);
}

function ready(name: string, child: ChildProcess): Promise<ServiceProcess> {
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines: string[] = [];
  let port = 0;
  return new Promise((resolve, reject) => {
    void exited.then((code) => reject(new Error(`${name} ended (${code}):\n${lines.join('\n')}`)));
    if (!child.stdout) return;
    createInterface(child.stdout).on('line', (line) => {
      if (port === 0) lines.push(line);
      const { msg, ...entry } = JSON.parse(line) as {
        msg: string;
        port?: number;
        opsPort?: number;
      };
      if (msg === 'listening') port = entry.port ?? 0;
      if (msg !== 'ready') return;
      resolve({
        port,
        opsPort: entry.opsPort ?? 0,
        pid: child.pid ?? 0,
        stop: () => {
          child.kill('SIGTERM');
          return exited;
        },
      });
    });
  });
}
