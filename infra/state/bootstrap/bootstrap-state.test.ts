import { type BootstrapWorld, bootstrapState } from './bootstrap-state';
import { lockHolderIn } from './terraform-run';

/** Where a run of the bootstrap can be killed. */
const STEPS = ['create bucket', 'write local state', 'move state', 'done'] as const;

const LOCKED = `Error: Error acquiring the state lock
Lock Info:
  ID:        1b2c
  Path:      bucket/state.tfstate
  Operation: OperationTypeApply
  Who:       me@here
  Created:   2026-11-21 14:42:47 UTC
`;

const HALF_MADE = `Error: Instance cannot be destroyed
Resource aws_s3_bucket.state has
lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.`;

/** A small AWS and Terraform: enough to see what the bootstrap does in which state of the world. */
class FakeWorld implements BootstrapWorld {
  bucketExists = false;
  localState = false;
  remoteState = false;
  isLocked = false;
  isHalfMade = false;
  isLocal = false;
  failAt: (typeof STEPS)[number] | undefined;
  applies = 0;
  readonly fixedNames = { 'aws_s3_bucket.state': 'state' };
  readonly said: string[] = [];
  readonly say = (line: string) => void this.said.push(line);
  readonly isOwnDeadLock = (who: string) => who === 'me@here';
  readonly useLocalState = (isLocal: boolean) => {
    this.isLocal = isLocal;
  };

  private at(step: (typeof STEPS)[number]): void {
    if (this.failAt === step) throw new Error(`killed: ${step}`);
  }

  readonly terraform = async (...words: readonly string[]) => {
    const [verb] = words;
    const ok = (output = '') => ({ exitCode: 0, output });
    const failed = (output: string) => ({ exitCode: 1, output });
    if (verb === 'init' && words.includes('-migrate-state')) {
      if (this.isLocked) return failed(LOCKED);
      this.at('move state');
      this.remoteState = this.localState;
      this.at('done');
    }
    if (verb === 'init' && !this.isLocal && !this.bucketExists) return failed('NoSuchBucket');
    if (verb === 'state' && words[1] === 'pull')
      return ok(this.remoteState ? '"aws_s3_bucket"' : '');
    if (verb === 'import') this.localState = true;
    if (verb === 'untaint') this.isHalfMade = false;
    if (verb === 'force-unlock') this.isLocked = false;
    if (verb === 'apply') return this.apply();
    return ok();
  };

  private apply() {
    this.applies += 1;
    if (this.isLocked && !this.isLocal) return { exitCode: 1, output: LOCKED };
    if (this.isHalfMade) return { exitCode: 1, output: HALF_MADE };
    if (this.bucketExists && !this.localState && this.isLocal) {
      return { exitCode: 1, output: 'BucketAlreadyOwnedByYou' };
    }
    this.at('create bucket');
    this.bucketExists = true;
    this.at('write local state');
    if (this.isLocal) this.localState = true;
    return { exitCode: 0, output: '' };
  }
}

test('an empty account gets its bucket, and the state moves into it', async () => {
  const world = new FakeWorld();
  expect(await bootstrapState(world)).toBe('created');
  expect(world).toMatchObject({ bucketExists: true, remoteState: true, isLocal: false });
});

test('run twice it only applies to the state in S3', async () => {
  const world = new FakeWorld();
  await bootstrapState(world);
  expect(await bootstrapState(world)).toBe('updated');
  expect(world.applies).toBe(2);
});

test.each(STEPS)('killed at "%s" it goes on when run again', async (step) => {
  const world = new FakeWorld();
  world.failAt = step;
  await expect(bootstrapState(world)).rejects.toThrow('killed');
  world.failAt = undefined;
  await bootstrapState(world);
  expect(world).toMatchObject({ bucketExists: true, remoteState: true });
});

test('a lock that an earlier run here left is removed, another one is not', async () => {
  const world = new FakeWorld();
  await bootstrapState(world);
  world.isLocked = true;
  expect(await bootstrapState(world)).toBe('updated');
  world.isLocked = true;
  const stranger = Object.assign(world, { isOwnDeadLock: () => false });
  await expect(bootstrapState(stranger)).rejects.toThrow(/Who: +me@here/);
  expect(world.isLocked).toBe(true);
});

test('a bucket that was interrupted while it was created is kept and finished', async () => {
  const world = new FakeWorld();
  world.isHalfMade = true;
  expect(await bootstrapState(world)).toBe('created');
  expect(world.said).toContain('Keeping aws_s3_bucket.state of an interrupted run');
});

test('any other failure is reported with what Terraform said', async () => {
  const world = new FakeWorld();
  const denied = { ...world, terraform: async () => ({ exitCode: 1, output: 'AccessDenied' }) };
  await expect(bootstrapState(denied)).rejects.toThrow(
    /reaching the state in S3 failed.*AccessDenied/s,
  );
});

test('the holder of a lock is read as Terraform prints it', () => {
  expect(lockHolderIn(LOCKED)).toEqual({
    id: '1b2c',
    who: 'me@here',
    created: '2026-11-21 14:42:47 UTC',
  });
  expect(lockHolderIn('Error: something else')).toBeUndefined();
});
