import path from 'node:path';
import { HELP, parseCommandLine } from './command-line';
import { commitOf } from './commit';
import { onFileChange } from './file-changes';
import { portProblems } from './free-ports';
import { renderLogLine } from './log-line';
import { localServices, neededPorts } from './services';
import { loadSettings, type Settings } from './settings';
import { Supervisor } from './supervisor';

const SERVICES_FOLDER = path.resolve(__dirname, '..');
const WATCHED_FOLDERS = [SERVICES_FOLDER, path.resolve(SERVICES_FOLDER, '../proto')];

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** The result of `read`. What it throws is a mistake of whoever starts this: said, without a stack. */
function orFail<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    return fail((error as Error).message);
  }
}

async function run(settings: Settings, verbose: boolean, isWatching: boolean): Promise<void> {
  const problems = await portProblems(neededPorts(settings));
  if (problems.length > 0) fail(problems.join('\n'));

  const services = localServices(settings);
  const supervisor = new Supervisor(
    services,
    {
      command: process.execPath,
      nodeArguments: process.execArgv,
      environment: {
        ...process.env,
        COMMIT: commitOf(SERVICES_FOLDER),
        VERSION: process.env.npm_package_version,
      },
      mainFile: (name) => path.join(SERVICES_FOLDER, name, 'main.ts'),
    },
    (service, line) => {
      const text = renderLogLine(service, line, verbose);
      if (text) console.log(text);
    },
    (service, how) => void stop(`${service} ended (${how}), so everything stops`, 1),
  );

  let isStopping = false;
  /** Ends this process when every service has ended. */
  async function stop(why: string, exitCode: number): Promise<void> {
    isStopping = true;
    console.log(why);
    await supervisor.stop();
    process.exit(exitCode);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      void stop('Stopping', 0);
    });
  }

  for (const { name, environment } of services) {
    console.log(`Starting ${name} on port ${environment.PORT}`);
  }
  if (!(await supervisor.start())) return;
  const url = `http://localhost:${settings.PORT}`;
  console.log(`The marketplace is open until Ctrl-C: ${url}`);
  if (isWatching) {
    onFileChange(WATCHED_FOLDERS, async (file) => {
      console.log(`${file} changed: starting again`);
      await supervisor.stop();
      if (await supervisor.start()) console.log(`The marketplace is open again: ${url}`);
    });
  }
}

const { help, verbose, watch } = orFail(() => parseCommandLine(process.argv.slice(2)));
if (help) console.log(HELP);
else
  void run(
    orFail(() => loadSettings(process.env)),
    verbose,
    watch,
  );
