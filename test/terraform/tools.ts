import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What the tests run with. */
export interface Tools {
  readonly terraform: string;
  /** Terraform's CLI configuration; absent: providers come from the registry. */
  readonly cliConfig?: string;
  /** A Python that has moto. */
  readonly python: string;
}

/** The release whose gaps `mock_aws.py` closes. */
const MOTO_VERSION = '5.2.5';
const MOTO = `moto[ec2,s3,dynamodb,iam,sts,ssm,kms,elbv2,autoscaling,server]==${MOTO_VERSION}`;

/** Where things that take minutes to get are kept between runs. */
const CACHE = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'driftless',
);

/** Thrown when a tool is not there; the message says which, and how to get it. */
export class MissingTool extends Error {
  readonly code = 'TOOL_MISSING';
}

function findTerraform(): string {
  const program = process.env.TERRAFORM_BINARY_NAME || 'terraform';
  if (spawnSync(program, ['version']).status === 0) return program;
  throw new MissingTool(
    `${program} cannot be run: install Terraform 1.10 or later, or name it in TERRAFORM_BINARY_NAME`,
  );
}

/** Where this Terraform looks for providers by default; asked of itself, since builds differ. */
function defaultHost(terraform: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'driftless-host-'));
  try {
    fs.writeFileSync(
      path.join(folder, 'main.tf.json'),
      JSON.stringify({ terraform: { required_providers: { n: { source: 'hashicorp/null' } } } }),
    );
    const said = execFileSync(terraform, [`-chdir=${folder}`, 'providers'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, CHECKPOINT_DISABLE: '1' },
    });
    return /provider\[([^/\]]+)\/hashicorp\/null\]/.exec(said)?.[1] ?? '';
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A folder of providers somewhere on this machine, laid out as Terraform's filesystem mirrors are. */
function findMirror(terraform: string): string | undefined {
  const host = defaultHost(terraform);
  if (!host) return undefined;
  const found = spawnSync('find', ['/', '-xdev', '-type', 'd', '-name', host], {
    encoding: 'utf8',
  });
  return found.stdout
    .split('\n')
    .filter((folder) => fs.existsSync(path.join(folder, 'hashicorp/aws')))
    .map((folder) => path.dirname(folder))
    .find((folder) => !folder.includes('/.terraform/'));
}

function findCliConfig(terraform: string): string | undefined {
  const named = process.env.TF_CLI_CONFIG_FILE;
  if (named && fs.existsSync(named)) return named;
  const mirror = findMirror(terraform);
  if (!mirror) return undefined;
  const config = path.join(CACHE, 'mirror.tfrc');
  fs.mkdirSync(CACHE, { recursive: true });
  fs.writeFileSync(
    config,
    `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path = ${JSON.stringify(mirror)}
  }
}
`,
  );
  return config;
}

const hasMoto = (python: string): boolean =>
  spawnSync(python, ['-c', `import moto.server; assert moto.__version__ == "${MOTO_VERSION}"`])
    .status === 0;

function findPython(): string {
  const named = process.env.MOTO_PYTHON || 'python3';
  if (hasMoto(named)) return named;
  const folder = path.join(CACHE, `moto-${MOTO_VERSION}`);
  const python = path.join(folder, 'bin/python');
  if (hasMoto(python)) return python;
  const made = spawnSync(named, ['-m', 'venv', folder]);
  const installed =
    made.status === 0 &&
    spawnSync(python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', MOTO]);
  if (installed && installed.status === 0) return python;
  throw new MissingTool(
    `moto ${MOTO_VERSION} cannot be installed: install Python 3 with venv and run "pip install '${MOTO}'", or name a Python that has it in MOTO_PYTHON`,
  );
}

/**
 * Finds or makes every tool.
 *
 * @throws {MissingTool} when one is not there and cannot be made
 */
export function findTools(): Tools {
  const terraform = findTerraform();
  const cliConfig = findCliConfig(terraform);
  return { terraform, python: findPython(), ...(cliConfig && { cliConfig }) };
}

/**
 * The tools, or why there are none: a laptop without them is told so, a machine that claims to have
 * everything (`CI=true`) fails.
 */
export function toolsOrReason(): Tools | string {
  try {
    return findTools();
  } catch (error) {
    if (!(error instanceof MissingTool) || process.env.CI === 'true') throw error;
    return error.message;
  }
}
