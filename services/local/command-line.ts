import { parseArgs } from 'node:util';

/** What `--help` prints. */
export const HELP = `Usage: pnpm start [--verbose] [--watch]

Runs the marketplace and the recommendations service on this machine until Ctrl-C.

  --verbose  show everything the services log
  --watch    start them again when one of their files changes (pnpm dev)

Ports, by environment variable:
  PORT                  the pages (31184)
  RECOMMENDATIONS_PORT  the recommendations service (50051)
  OPS_PORT              health and metrics of the marketplace (9464), of recommendations on the next port

Exit code 0 after Ctrl-C, 1 when something could not start or ended by itself.`;

/** What the command line asks for. */
export interface CommandLine {
  readonly help: boolean;
  readonly verbose: boolean;
  readonly watch: boolean;
}

const options = {
  help: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
} as const;

/** @throws one line that says what is not understood */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Node's second sentence explains positional arguments, of which there are none.
    const [what] = String((error as Error).message).split('. ');
    throw new Error(`${what}: --help lists the options`, { cause: error });
  }
}
