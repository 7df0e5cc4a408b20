import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** The interpreter to use: one that has grpcio and grpcio-tools. */
const PYTHON = process.env.PYTHON ?? 'python3';

const TUTORIAL = path.join(__dirname, 'tutorial');

const run = promisify(execFile);

/** What keeps Python's gRPC from running here, and what to do about it; `undefined` if nothing. */
export function whatPythonLacks(): string | undefined {
  const { error, status } = spawnSync(PYTHON, ['-c', 'import grpc, grpc_tools'], {
    stdio: 'ignore',
  });
  if (error) return `there is no ${PYTHON}: install Python 3, or name one with PYTHON=<path>`;
  if (status === 0) return undefined;
  return `${PYTHON} lacks gRPC: ${PYTHON} -m pip install grpcio grpcio-tools`;
}

/** A request as the tutorial's client makes it. */
export interface TutorialRequest {
  readonly user_id?: number;
  readonly category?: string | number;
  readonly max_results?: number;
}

/** What the tutorial's client understood: books as id and title, or the error. */
export type TutorialAnswer =
  | { readonly books: readonly [id: number, title: string][] }
  | { readonly code: string; readonly details: string };

/** The tutorial's client and server in Python, with code generated from its own proto. */
export class PythonTutorial {
  readonly #generated = mkdtempSync(path.join(tmpdir(), 'tutorial-'));
  readonly #servers: ChildProcess[] = [];

  async generate(): Promise<void> {
    const arguments_ = ['-I', TUTORIAL, `--python_out=${this.#generated}`];
    arguments_.push(`--grpc_python_out=${this.#generated}`, 'recommendations.proto');
    await run(PYTHON, ['-m', 'grpc_tools.protoc', ...arguments_]);
  }

  /** One call of the tutorial's client to the server on `port`. */
  async ask(port: number, request: TutorialRequest): Promise<TutorialAnswer> {
    const { stdout } = await run(
      PYTHON,
      [path.join(TUTORIAL, 'client.py'), `127.0.0.1:${port}`, JSON.stringify(request)],
      { env: this.#environment() },
    );
    return JSON.parse(stdout);
  }

  /** Starts the tutorial's server; resolves with its port. */
  async startServer(): Promise<number> {
    const server = spawn(PYTHON, [path.join(TUTORIAL, 'server.py')], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#servers.push(server);
    for await (const line of createInterface(server.stdout)) return Number(line);
    throw new Error("the tutorial's server ended before it said its port");
  }

  close(): void {
    for (const server of this.#servers) server.kill('SIGKILL');
    rmSync(this.#generated, { recursive: true });
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, PYTHONPATH: this.#generated, PYTHONDONTWRITEBYTECODE: '1' };
  }
}
