import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { loaderOptions } from './loader-options';

const USAGE = `Usage: pnpm proto:generate [--check]

Writes proto/gen/, the types of proto/recommendations.proto.
  --check  write nothing; exit 1 when proto/gen/ is not what the proto says`;

const HEADER =
  '// Generated from proto/recommendations.proto by `pnpm proto:generate`; do not edit.';

/**
 * The generator names its index after the proto file, and beside `Recommendations.ts` of the
 * service a `recommendations.ts` is the same file on a disk that ignores case.
 */
const INDEX_NAME = 'contract';

type Files = Record<string, string>;

/** Generated files by name, made in a temporary folder from the same options the loader uses. */
function generate(): Files {
  const folder = mkdtempSync(path.join(tmpdir(), 'proto-'));
  try {
    cpSync(path.join(__dirname, 'recommendations.proto'), path.join(folder, `${INDEX_NAME}.proto`));
    const flags = Object.entries(loaderOptions).map(([name, value]) =>
      typeof value === 'function' ? `--${name}=${value.name}` : `--${name}=${value}`,
    );
    const generator = require.resolve('@grpc/proto-loader/build/bin/proto-loader-gen-types.js');
    execFileSync(
      process.execPath,
      [generator, ...flags, '--grpcLib=@grpc/grpc-js', '--outDir=gen', `${INDEX_NAME}.proto`],
      { cwd: folder },
    );
    return readFiles(
      path.join(folder, 'gen'),
      (text) => `${HEADER}\n${text.replace(/^\/\/ Original file: .*\n/gm, '')}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readFiles(folder: string, edit = (text: string) => text): Files {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, edit(readFileSync(path.join(folder, name), 'utf8'))]),
  );
}

function write(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!(name in files)) rmSync(path.join(folder, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
}

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, help: { type: 'boolean' } },
});
const target = path.join(__dirname, 'gen');
if (values.help) {
  console.log(USAGE);
} else if (!values.check) {
  write(target, generate());
} else if (!isDeepStrictEqual(readFiles(target), generate())) {
  console.error(
    'proto/gen/ is not what proto/recommendations.proto says: run `pnpm proto:generate`',
  );
  process.exitCode = 1;
}
