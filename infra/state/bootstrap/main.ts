import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '../../app';
import type { Environment } from '../../environments/environment';
import { ENVIRONMENT_NAMES, environmentNamed } from '../../environments/environments';
import { bootstrapState } from './bootstrap-state';
import { fixedNamesOf } from './fixed-names';
import type { RunTerraform } from './terraform-run';
import { WorkFolder } from './work-folder';

const HELP = `Usage: pnpm bootstrap [--env ${ENVIRONMENT_NAMES.join('|')}]

Creates the S3 bucket and the lock table that hold the Terraform state of an environment, and puts
their own state there too. Needs AWS credentials and Terraform 1.10 or later (TERRAFORM_BINARY_NAME
names another program). Run again it changes nothing; interrupted, it can be run again.

  --env  which environment; otherwise DRIFTLESS_ENV; otherwise dev

Until the state is in S3 it lies in $XDG_STATE_HOME/driftless (~/.local/state/driftless).

Exit code 0 when the state is in S3, 1 otherwise.`;

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

function terraformIn(folder: WorkFolder): RunTerraform {
  const program = process.env.TERRAFORM_BINARY_NAME || 'terraform';
  return (...words) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, words, {
        cwd: folder.terraform,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      folder.noteProcesses([process.pid, child.pid ?? process.pid]);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (words[0] === 'apply') process.stdout.write(text);
        });
      }
      child.on('error', (cause) =>
        reject(
          new Error(
            `cannot run ${program}: install Terraform 1.10 or later, or set TERRAFORM_BINARY_NAME`,
            {
              cause,
            },
          ),
        ),
      );
      child.on('close', (code, signal) =>
        resolve({ exitCode: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output }),
      );
    });
}

async function bootstrap(environment: Environment): Promise<void> {
  const home = process.env.XDG_STATE_HOME || path.join(os.homedir(), '.local/state');
  const { name, accountId } = environment;
  const folder = new WorkFolder(path.join(home, 'driftless', `${name}-${accountId}`));
  const earlier = folder.lastProcesses();
  const alive = earlier.find(isAlive);
  if (alive !== undefined) {
    throw new Error(
      `a bootstrap of ${name} is still running as process ${alive}: wait for its end, or delete ${folder.path}/running.json if that is another program`,
    );
  }
  const outdir = path.join(folder.path, 'cdktf.out');
  process.setSourceMapsEnabled(false);
  createApp(environment, outdir).synth();
  folder.takeStack(path.join(outdir, 'stacks/state'));
  const me = `${os.userInfo().username}@${os.hostname()}`;
  const outcome = await bootstrapState({
    terraform: terraformIn(folder),
    useLocalState: (isLocal) => folder.useLocalState(isLocal),
    fixedNames: fixedNamesOf(path.join(folder.terraform, 'cdk.tf.json')),
    isOwnDeadLock: (who) => who === me && earlier.length > 0,
    say: console.log,
  });
  folder.noteEnd();
  console.log(
    outcome === 'created'
      ? 'The state is in S3. Next: npx cdktf deploy network cluster'
      : 'The state was in S3, and is as the code says.',
  );
}

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, env: { type: 'string' } },
});
// Ctrl-C reaches Terraform too, which ends in order; this program waits for it.
process.on('SIGINT', () => console.error('Waiting for Terraform to stop; run again to continue'));
if (values.help) console.log(HELP);
else {
  Promise.resolve()
    .then(() => bootstrap(environmentNamed(values.env ?? process.env.DRIFTLESS_ENV ?? 'dev')))
    .catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
}
