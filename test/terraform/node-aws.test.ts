import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type MockAws, startMockAws } from './mock-aws';
import { toolsOrReason } from './tools';

jest.setTimeout(2 * 60_000);

const AWS_SCRIPT = path.resolve(__dirname, '../../infra/nodes/scripts/aws.sh');

const tools = toolsOrReason();
const describeWithTools = typeof tools === 'string' ? describe.skip : describe;
afterAll(() => {
  if (typeof tools === 'string') process.stderr.write(`NOT RUN: ${tools}\n`);
});

describeWithTools('what a node asks of AWS, with curl alone', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'driftless-node-'));
  let aws: MockAws;

  /** Runs a line of shell as a node script would, and gives what it printed. */
  const node = (line: string, input = '') => {
    const { status, stdout } = spawnSync(
      'bash',
      ['-c', `set -euo pipefail; . "${AWS_SCRIPT}"; ${line}`],
      {
        cwd: folder,
        input,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          ...aws.environment,
          KEY_ALIAS: 'alias/aws/ssm',
          METRIC_NAMESPACE: 'Driftless/test',
        },
      },
    );
    return { status, stdout };
  };

  beforeAll(async () => {
    if (typeof tools !== 'string') aws = await startMockAws(tools.python);
  });
  afterAll(async () => {
    await aws?.stop();
    fs.rmSync(folder, { recursive: true });
  });

  test('a parameter comes back as it was put, whatever is in it', () => {
    const value = 'a "quoted" \\ value\nof $two lines\u2028{}';
    expect(node('put_parameter /driftless/test/join', value).status).toBe(0);
    expect(node('get_parameter /driftless/test/join').stdout).toBe(`${value}\n`);
    expect(node('put_parameter /driftless/test/join', 'second').status).toBe(0);
    expect(node('get_parameter /driftless/test/join').stdout).toBe('second\n');
  });

  test('of two nodes that want to create the cluster one gets the lock', () => {
    expect(node('put_parameter /driftless/test/lock create', 'i-1').status).toBe(0);
    expect(node('put_parameter /driftless/test/lock create', 'i-2').status).not.toBe(0);
    expect(node('get_parameter /driftless/test/lock').stdout).toBe('i-1\n');
  });

  test('a parameter that is not there is a failure', () => {
    expect(node('get_parameter /driftless/test/absent').status).not.toBe(0);
  });

  test('a snapshot comes back as it was saved', () => {
    const snapshot = randomBytes(3_000_000);
    fs.writeFileSync(path.join(folder, 'snapshot.db'), snapshot);
    // The one region in which a bucket needs no request body.
    expect(node('AWS_REGION=us-east-1 aws_call s3 /backups -X PUT').status).toBe(0);
    expect(node('put_object snapshot.db backups host/2026/snapshot.db').status).toBe(0);
    expect(node('get_object backups host/2026/snapshot.db copy.db').status).toBe(0);
    expect(fs.readFileSync(path.join(folder, 'copy.db')).equals(snapshot)).toBe(true);
    expect(node('get_object backups host/absent copy.db').status).not.toBe(0);
  });

  test('metrics are taken with and without a role', () => {
    expect(node('put_metric DiskUsedPercent 42 Percent worker').status).toBe(0);
    expect(node('put_metric EtcdBackupAgeMinutes 3 None').status).toBe(0);
    expect(node('put_metric DiskUsedPercent many Percent').status).not.toBe(0);
  });
});
