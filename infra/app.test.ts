import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dev } from './environments/dev';
import { ENVIRONMENT_NAMES, environmentNamed } from './environments/environments';
import { prod } from './environments/prod';
import { resourcesOf, synthesizedStacks } from './testing/synthesized';

const MAIN = path.join(__dirname, 'main.ts');
const NODE_ARGUMENTS = [
  '--import',
  require.resolve('tsx'),
  '--conditions',
  'driftless-source',
  MAIN,
];

/** All files below a folder with their content; the manifest is one of them. */
function filesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => fs.statSync(path.join(folder, file)).isFile())
      .map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]),
  );
}

function synthesizeIn(folder: string, environment: Readonly<Record<string, string>>) {
  execFileSync(process.execPath, [...NODE_ARGUMENTS, '--env', 'prod'], {
    cwd: folder,
    env: { PATH: '', ...environment },
  });
  return filesIn(path.join(folder, 'cdktf.out'));
}

const temporary: string[] = [];
function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'driftless-main-'));
  temporary.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of temporary) fs.rmSync(folder, { recursive: true });
});

test('the output is the same under another time zone, locale, folder and run, without credentials', () => {
  const first = synthesizeIn(temporaryFolder(), { TZ: 'UTC', LANG: 'C' });
  const second = synthesizeIn(temporaryFolder(), {
    TZ: 'Asia/Tokyo',
    LANG: 'tr_TR.UTF-8',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret-but-must-not-appear',
  });
  expect(second).toEqual(first);
  expect(Object.keys(first).toSorted()).toEqual(
    ['cluster', 'network', 'state']
      .map((stack) => path.join('stacks', stack, 'cdk.tf.json'))
      .concat('manifest.json')
      .toSorted(),
  );
  expect(JSON.stringify(second)).not.toContain('not-a-secret');
});

test('--help explains and --env refuses what is unknown', () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [...NODE_ARGUMENTS, ...words], { encoding: 'utf8' });
  expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage:') });
  expect(run('--env', 'stage')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/must be dev or prod, got stage/),
  });
});

test.each(ENVIRONMENT_NAMES)('every stack of %s keeps its state in S3 with both locks', (name) => {
  const environment = environmentNamed(name);
  for (const [stack, { terraform, provider }] of Object.entries(synthesizedStacks(environment))) {
    expect(terraform.backend?.s3).toMatchObject({
      key: `${stack}.tfstate`,
      encrypt: true,
      dynamodb_table: `driftless-${name}-state-lock`,
      use_lockfile: true,
    });
    expect(provider.aws?.[0]?.allowed_account_ids).toEqual([environment.accountId]);
  }
});

test('dev has one of everything, prod has it once per zone', () => {
  const count = (environment: typeof dev, type: string) =>
    Object.values(synthesizedStacks(environment)).flatMap((stack) => resourcesOf(stack, type))
      .length;
  for (const type of ['aws_nat_gateway', 'aws_instance', 'aws_ebs_volume']) {
    expect(count(dev, type)).toBe(1);
    expect(count(prod, type)).toBe(3);
  }
});

test('control planes stand in different zones, each beside its etcd volume', () => {
  const { cluster } = synthesizedStacks(prod);
  const zones = resourcesOf(cluster, 'aws_ebs_volume').map((volume) => volume.availability_zone);
  expect(zones).toEqual(['eu-central-1a', 'eu-central-1b', 'eu-central-1c']);
  const subnets = resourcesOf(cluster, 'aws_instance').map(({ subnet_id }) => subnet_id);
  expect(new Set(subnets).size).toBe(3);
});
