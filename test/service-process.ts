import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.resolve(__dirname, '..');

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly port: number;
  readonly opsPort: number;
  readonly pid: number;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** How a service is started: from its source, or as built. */
export type Form = 'source' | 'built';

const ARGUMENTS: Record<Form, (name: string) => string[]> = {
  source: (name) => [
    '--import',
    'tsx',
    '--conditions',
    'driftless-source',
    `services/${name}/main.ts`,
  ],
  built: (name) => [`services/${name}/dist/main.js`],
};

/**
 * Starts `services/<name>` on free ports of 127.0.0.1; resolves when it is ready.
 *
 * @throws when it ends instead, with what it logged
 */
export function startProcess(
  name: string,
  environment: NodeJS.ProcessEnv,
  form: Form = 'source',
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ARGUMENTS[form](name), {
    cwd: ROOT,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', OPS_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return ready(name, child);
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
