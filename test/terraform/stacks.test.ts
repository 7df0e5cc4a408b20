import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type MockAws, startMockAws } from './mock-aws';
import { type Finished, Workspace } from './terraform';
import { type Tools, toolsOrReason } from './tools';

/** The provider's own waits are the longest part: a bucket's lifecycle rule takes it a minute. */
jest.setTimeout(10 * 60_000);

const STACKS = ['state', 'network', 'cluster'] as const;
const APPLY = ['apply', '-auto-approve', '-input=false', '-no-color'] as const;
const PLAN = ['plan', '-detailed-exitcode', '-input=false', '-no-color'] as const;

const tools = toolsOrReason();
const versions = new Set<string>();

afterAll(() => {
  const closing =
    typeof tools === 'string'
      ? `NOT RUN: ${tools}`
      : `Ran with ${tools.terraform} and the AWS provider ${[...versions].join(', ')}`;
  process.stderr.write(`${closing}\n`);
});

const describeWithTools = typeof tools === 'string' ? describe.skip : describe;

describeWithTools('the stacks, with the real AWS provider', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'driftless-terraform-'));
  let aws: MockAws;
  let workspace: Workspace;

  const succeeds = async (running: Promise<Finished>): Promise<Finished> => {
    const finished = await running;
    if (finished.exitCode !== 0) throw new Error(finished.output);
    return finished;
  };
  const bootstrap = () => workspace.program('infra/state/bootstrap/main.ts', '--env', 'dev');
  const hasNoChanges = async (stack: string) => {
    const { exitCode, output } = await workspace.terraform(stack, ...PLAN).finished;
    expect(output).toContain('No changes.');
    expect(exitCode).toBe(0);
  };

  beforeAll(async () => {
    aws = await startMockAws((tools as Tools).python);
    workspace = new Workspace(tools as Tools, folder, aws.environment);
  });
  afterAll(async () => {
    workspace?.endLeftovers();
    await aws?.stop();
    fs.rmSync(folder, { recursive: true });
  });

  test.each(['prod', 'dev'])('every stack of %s is valid', async (name) => {
    workspace.synthesize(name);
    for (const stack of STACKS) {
      await succeeds(workspace.init(stack, false));
      versions.add(workspace.providerVersion(stack));
      const { output } = await succeeds(
        workspace.terraform(stack, 'validate', '-no-color').finished,
      );
      expect(output).toContain('The configuration is valid');
    }
  });

  test('the bootstrap, killed while it creates, goes on when run again', async () => {
    const first = bootstrap();
    await first.says(/aws_s3_bucket_policy\S+ Creating/);
    first.child.kill('SIGKILL');
    await first.finished;
    const { output } = await succeeds(untilFree(() => bootstrap().finished));
    expect(output).toContain('The state is in S3.');
  });

  test('run twice it changes nothing', async () => {
    const { output } = await succeeds(bootstrap().finished);
    expect(output).toContain('Resources: 0 added, 0 changed, 0 destroyed');
    await succeeds(workspace.init('state', true));
    await hasNoChanges('state');
  });

  test('of two applies at once one wins, and the other says who holds the lock', async () => {
    await succeeds(workspace.init('network', true));
    const winner = workspace.terraform('network', ...APPLY);
    await winner.says(/Creating\.\.\./);
    const { exitCode, output } = await workspace.terraform('network', ...APPLY).finished;
    expect(exitCode).not.toBe(0);
    expect(output).toContain('Error acquiring the state lock');
    expect(output).toMatch(/Who: +\S+@\S+/);
    await succeeds(winner.finished);
    await hasNoChanges('network');
  });

  test('an apply that was interrupted half-way is finished by the next', async () => {
    await succeeds(workspace.init('cluster', true));
    const interrupted = workspace.terraform('cluster', ...APPLY);
    // By then what is under way has its id. A creation whose answer is lost is no more known to
    // Terraform, and only a person can import or delete it: docs must say so, no code can help.
    await interrupted.says(/aws_volume_attachment\S+ Creation complete/);
    // As a runner that is shut down does it: Terraform notes what it has, and stops.
    interrupted.child.kill('SIGINT');
    const { exitCode, output } = await interrupted.finished;
    expect(output).toContain('Interrupt received');
    expect(exitCode).not.toBe(0);
    await succeeds(workspace.terraform('cluster', ...APPLY).finished);
    await hasNoChanges('cluster');
  });

  test('the state itself cannot be destroyed', async () => {
    const { exitCode, output } = await workspace.terraform(
      'state',
      ...['destroy', '-auto-approve', '-input=false', '-no-color'],
    ).finished;
    expect(exitCode).not.toBe(0);
    expect(output).toContain('prevent_destroy');
  });

  test('cluster and network are destroyed in the reverse order', async () => {
    for (const stack of ['cluster', 'network']) {
      const words = ['destroy', '-auto-approve', '-input=false', '-no-color'];
      const { output } = await succeeds(workspace.terraform(stack, ...words).finished);
      expect(output).toContain('Destroy complete!');
    }
  });
});

/** A killed program's Terraform goes on for a moment; until it ends, the next one is refused. */
async function untilFree(attempt: () => Promise<Finished>): Promise<Finished> {
  for (;;) {
    const finished = await attempt();
    if (!finished.output.includes('still running')) return finished;
    await wait(2_000);
  }
}
