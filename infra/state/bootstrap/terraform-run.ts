/** What a Terraform command said and how it ended. */
export interface TerraformResult {
  readonly exitCode: number;
  /** Both streams, in order. */
  readonly output: string;
}

/** Runs Terraform in the folder of the state stack. Never rejects because of an exit code. */
export type RunTerraform = (...words: readonly string[]) => Promise<TerraformResult>;

/** Who holds a lock, as Terraform prints it. */
export interface LockHolder {
  readonly id: string;
  readonly who: string;
  readonly created: string;
}

/** A Terraform command that did not succeed; the message ends with what Terraform said. */
export class TerraformError extends Error {
  readonly code = 'TERRAFORM_FAILED';
  constructor(
    doing: string,
    readonly result: TerraformResult,
  ) {
    super(`${doing} failed: terraform ended with ${result.exitCode}\n${result.output.trim()}`);
    this.name = 'TerraformError';
  }
}

/** The holder named in the output of a command that could not get the lock; otherwise undefined. */
export function lockHolderIn(output: string): LockHolder | undefined {
  if (!output.includes('Error acquiring the state lock')) return undefined;
  const field = (name: string) => new RegExp(`${name}:\\s+(.+?)\\s*$`, 'm').exec(output)?.[1] ?? '';
  return { id: field('ID'), who: field('Who'), created: field('Created') };
}

/** Whether the output says that the bucket of the backend is not there yet. */
export function isBucketMissing(output: string): boolean {
  return /NoSuchBucket|S3 bucket .* does not exist/.test(output);
}

/** Whether something exists in AWS that the state does not know: an earlier run ended in between. */
export function isAlreadyThere(output: string): boolean {
  return /BucketAlreadyOwnedByYou|BucketAlreadyExists|ResourceInUseException|AlreadyExistsException/.test(
    output,
  );
}

/**
 * Resources that Terraform would replace but may not: an interrupted run left them half-made
 * (tainted), and `prevent_destroy` keeps them.
 */
export function halfMadeIn(output: string): readonly string[] {
  const addresses = output.matchAll(/Resource\s+(\S+)\s+has\s+lifecycle\.prevent_destroy/g);
  return [...addresses].map((match) => match[1] as string);
}
