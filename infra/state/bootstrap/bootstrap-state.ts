import {
  halfMadeIn,
  isAlreadyThere,
  isBucketMissing,
  lockHolderIn,
  type RunTerraform,
  TerraformError,
  type TerraformResult,
} from './terraform-run';

/** The world as the bootstrap sees it; every part can be replaced in a test. */
export interface BootstrapWorld {
  readonly terraform: RunTerraform;
  /** Makes Terraform keep the state in a file instead of S3, or lets it again. */
  useLocalState(isLocal: boolean): void;
  /** Names in AWS that are chosen, not given, by address: what can be found again without a state. */
  readonly fixedNames: Readonly<Record<string, string>>;
  /** Whether a lock of that owner can only be what an earlier, dead run here left behind. */
  isOwnDeadLock(who: string): boolean;
  readonly say: (line: string) => void;
}

/** How it ended. */
export type BootstrapOutcome = 'created' | 'updated';

/** Terraform's locks live in what is being built: the first apply has only its own file. */
const APPLY = ['apply', '-auto-approve', '-input=false', '-no-color'];

function mustSucceed(doing: string, result: TerraformResult): TerraformResult {
  if (result.exitCode === 0) return result;
  throw new TerraformError(doing, result);
}

/** Runs a command; a lock that an earlier run here left is removed, once. */
async function withoutDeadLock(
  { terraform, isOwnDeadLock, say }: BootstrapWorld,
  ...words: readonly string[]
): Promise<TerraformResult> {
  const first = await terraform(...words);
  const holder = lockHolderIn(first.output);
  if (first.exitCode === 0 || !holder || !isOwnDeadLock(holder.who)) return first;
  say(`Removing the lock that an interrupted run here left at ${holder.created}`);
  mustSucceed('removing the lock', await terraform('force-unlock', '-force', holder.id));
  return terraform(...words);
}

/** Whether the bucket is there and holds the state. */
async function hasRemoteState({ terraform }: BootstrapWorld): Promise<boolean> {
  const init = await terraform('init', '-reconfigure', '-input=false', '-no-color');
  if (init.exitCode !== 0 && isBucketMissing(init.output)) return false;
  mustSucceed('reaching the state in S3', init);
  const pulled = mustSucceed('reading the state in S3', await terraform('state', 'pull'));
  return pulled.output.includes('"aws_s3_bucket"');
}

/** Takes into the state what an earlier run created but could not write down. */
async function adopt({ terraform, fixedNames, say }: BootstrapWorld): Promise<void> {
  const known = new Set((await terraform('state', 'list')).output.split('\n'));
  for (const [address, id] of Object.entries(fixedNames)) {
    if (known.has(address)) continue;
    const imported = await terraform('import', '-input=false', '-no-color', address, id);
    if (imported.exitCode === 0) say(`Found ${id} of an interrupted run`);
  }
}

/** Keeps what is half-made: applying again sets what it lacks. */
async function keepHalfMade(world: BootstrapWorld, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    world.say(`Keeping ${address} of an interrupted run`);
    mustSucceed('keeping it', await world.terraform('untaint', address));
  }
}

/** Applies; what an interrupted run left in the way is cleared, each kind once. */
async function apply(world: BootstrapWorld): Promise<void> {
  let result = await withoutDeadLock(world, ...APPLY);
  const halfMade = result.exitCode === 0 ? [] : halfMadeIn(result.output);
  if (halfMade.length > 0) {
    await keepHalfMade(world, halfMade);
    result = await world.terraform(...APPLY);
  }
  if (result.exitCode !== 0 && isAlreadyThere(result.output)) {
    await adopt(world);
    result = await world.terraform(...APPLY);
  }
  mustSucceed('applying', result);
}

async function applyLocally(world: BootstrapWorld): Promise<void> {
  world.useLocalState(true);
  const init = await world.terraform('init', '-reconfigure', '-input=false', '-no-color');
  mustSucceed('preparing the local state', init);
  await apply(world);
}

/**
 * Creates the bucket and the lock table with a local state, then moves that state into them.
 * Every step may be interrupted; a further run finds out where things stand and goes on from there.
 *
 * @throws {TerraformError} when a step fails; running again continues
 */
export async function bootstrapState(world: BootstrapWorld): Promise<BootstrapOutcome> {
  world.useLocalState(false);
  if (await hasRemoteState(world)) {
    world.say('The state is in S3 already; applying what has changed');
    await apply(world);
    return 'updated';
  }
  world.say('Creating the bucket and the lock table');
  await applyLocally(world);
  world.say('Moving the state into the bucket');
  world.useLocalState(false);
  const words = ['init', '-migrate-state', '-force-copy', '-input=false', '-no-color'];
  mustSucceed('moving the state', await withoutDeadLock(world, ...words));
  return 'created';
}
