import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Tools } from './tools';

/** How a command ended. */
export interface Finished {
  readonly exitCode: number;
  /** Both streams. */
  readonly output: string;
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves as soon as the output matches; rejects when the command ends before. */
  says(pattern: RegExp): Promise<void>;
}

const REPOSITORY = path.resolve(__dirname, '../..');
const SOURCE = ['--import', 'tsx', '--conditions', 'driftless-source'];

/** The programs under test, in an environment of their own. */
export class Workspace {
  readonly environment: NodeJS.ProcessEnv;
  private readonly groups: number[] = [];

  constructor(
    private readonly tools: Tools,
    readonly folder: string,
    environment: Readonly<Record<string, string>>,
  ) {
    const { PATH } = process.env;
    this.environment = {
      PATH,
      HOME: folder,
      XDG_STATE_HOME: path.join(folder, 'state'),
      CHECKPOINT_DISABLE: '1',
      TERRAFORM_BINARY_NAME: tools.terraform,
      ...(tools.cliConfig && { TF_CLI_CONFIG_FILE: tools.cliConfig }),
      ...environment,
    };
  }

  /** Runs the unchanged program `infra/main.ts`; its stacks are then in `stack()`. */
  synthesize(name: string): void {
    const outdir = path.join(this.folder, 'cdktf.out');
    execFileSync(
      process.execPath,
      [...SOURCE, 'infra/main.ts', '--env', name, '--outdir', outdir],
      { cwd: REPOSITORY, env: this.environment },
    );
  }

  /** The folder of a synthesized stack. */
  stack(name: string): string {
    return path.join(this.folder, 'cdktf.out/stacks', name);
  }

  /** Starts one of the repository's TypeScript programs. */
  program(file: string, ...words: readonly string[]): Running {
    const running = this.start(process.execPath, [...SOURCE, file, ...words], REPOSITORY);
    if (running.child.pid) this.groups.push(running.child.pid);
    return running;
  }

  /** Ends what a killed program left behind: its Terraform, and the provider of that. */
  endLeftovers(): void {
    for (const group of this.groups.splice(0)) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // Nobody of that group is left, as it should be.
      }
    }
  }

  /** Starts Terraform in a stack. */
  terraform(stack: string, ...words: readonly string[]): Running {
    return this.start(this.tools.terraform, words, this.stack(stack));
  }

  /** Prepares a stack; with `withState` its state is reached too. */
  async init(stack: string, withState: boolean): Promise<Finished> {
    const backend = withState ? '-reconfigure' : '-backend=false';
    return this.terraform(stack, 'init', '-input=false', '-no-color', backend).finished;
  }

  /** The version of the AWS provider that a prepared stack runs with. */
  providerVersion(stack: string): string {
    const lock = fs.readFileSync(path.join(this.stack(stack), '.terraform.lock.hcl'), 'utf8');
    return /hashicorp\/aws"[^}]*?version\s*=\s*"([^"]+)"/s.exec(lock)?.[1] ?? 'unknown';
  }

  private start(program: string, words: readonly string[], cwd: string): Running {
    const child = spawn(program, words, {
      cwd,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that exactly its processes can be ended.
      detached: program === process.execPath,
    });
    let output = '';
    const listeners = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        for (const listen of listeners) listen();
      });
    }
    const finished = new Promise<Finished>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
    });
    const says = (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const listen = () => pattern.test(output) && resolve();
        listeners.add(listen);
        listen();
        void finished.then(() => reject(new Error(`ended without saying ${pattern}:\n${output}`)));
      });
    return { child, finished, says };
  }
}
