import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '@driftless/runtime';
import { onFileChange } from './file-changes';
import { portProblems } from './free-ports';
import { renderLogLine } from './log-line';
import { localServices, neededPorts } from './services';
import { loadSettings, type Settings } from './settings';
import { Supervisor } from './supervisor';

const HELP = `Usage: pnpm start [--verbose] [--watch]

Runs the marketplace and the recommendations service on this machine until Ctrl-C.

  --verbose  show everything the services log
  --watch    start them again when one of their files changes (pnpm dev)

Ports, by environment variable:
  PORT                  the pages (31184)
  RECOMMENDATIONS_PORT  the recommendations service (50051)
  OPS_PORT              health and metrics of the marketplace (9464), of recommendations on the next port

Exit code 0 after Ctrl-C, 1 when something could not start or ended by itself.`;

const SERVICES_FOLDER = path.resolve(__dirname, '..');
const WATCHED_FOLDERS = [SERVICES_FOLDER, path.resolve(SERVICES_FOLDER, '../proto')];

/** This checkout's commit; a downloaded archive has none. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: SERVICES_FOLDER,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function readSettings(): Settings {
  try {
    return loadSettings(process.env);
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message);
    throw error;
  }
}

async function main(verbose: boolean, isWatching: boolean): Promise<void> {
  const settings = readSettings();
  const problems = await portProblems(neededPorts(settings));
  if (problems.length > 0) fail(problems.join('\n'));

  const services = localServices(settings);
  const supervisor = new Supervisor(
    services,
    {
      command: process.execPath,
      nodeArguments: process.execArgv,
      environment: { ...process.env, COMMIT: commit(), VERSION: process.env.npm_package_version },
      mainFile: (name) => path.join(SERVICES_FOLDER, name, 'main.ts'),
    },
    (service, line) => {
      const text = renderLogLine(service, line, verbose);
      if (text) console.log(text);
    },
    (service, how) => void stop(`${service} ended (${how}), so everything stops`, 1),
  );

  let isStopping = false;
  async function stop(why: string, exitCode: number): Promise<void> {
    if (isStopping) process.exit(1);
    isStopping = true;
    console.log(why);
    await supervisor.stop();
    process.exit(exitCode);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop('Stopping', 0));
  }

  for (const { name, environment } of services) {
    console.log(`Starting ${name} on port ${environment.PORT}`);
  }
  await supervisor.start();
  const url = `http://localhost:${settings.PORT}`;
  console.log(`The marketplace is open at ${url} (Ctrl-C stops it)`);
  if (isWatching) {
    onFileChange(WATCHED_FOLDERS, async (file) => {
      console.log(`${file} changed: starting again`);
      await supervisor.stop();
      await supervisor.start();
      console.log(`The marketplace is open again at ${url}`);
    });
  }
}

const { values } = parseArgs({
  options: { help: { type: 'boolean' }, verbose: { type: 'boolean' }, watch: { type: 'boolean' } },
});
if (values.help) console.log(HELP);
else
  main(values.verbose ?? false, values.watch ?? false).catch((error: Error) => fail(error.message));
