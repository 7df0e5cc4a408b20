import { parseArgs } from 'node:util';
import { createApp } from './app';
import { ENVIRONMENT_NAMES, environmentNamed } from './environments/environments';

const HELP = `Usage: pnpm synth [--env ${ENVIRONMENT_NAMES.join('|')}] [--outdir FOLDER]

Writes every stack of an environment as Terraform JSON. Needs no credentials and no network.

  --env     which environment; otherwise DRIFTLESS_ENV; otherwise dev
  --outdir  where to write; otherwise CDKTF_OUTDIR; otherwise cdktf.out

The same program is what cdktf runs: DRIFTLESS_ENV=prod npx cdktf diff network

Exit code 0 when all stacks were written, 1 when the environment or a stack breaks a rule.`;

function main(): void {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      env: { type: 'string' },
      outdir: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const name = values.env ?? process.env.DRIFTLESS_ENV ?? 'dev';
  // cdktf takes a stack trace for every reference; mapping them to TypeScript is a third of the run.
  process.setSourceMapsEnabled(false);
  const outdir = values.outdir ?? process.env.CDKTF_OUTDIR ?? 'cdktf.out';
  createApp(environmentNamed(name), outdir).synth();
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
