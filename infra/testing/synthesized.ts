import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { App } from 'cdktf';
import { createApp } from '../app';
import type { Environment } from '../environments/environment';

/** The attributes of a resource, as Terraform reads them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A synthesized stack: type, then name, then attributes. */
export interface SynthesizedStack {
  readonly terraform: Readonly<Record<string, Attributes>>;
  readonly provider: Readonly<Record<string, readonly Attributes[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly output?: Readonly<Record<string, Attributes>>;
  readonly locals?: Readonly<Record<string, string>>;
}

/** Gives `use` the program of an environment, with a folder of its own to write to. */
export function withApp<Result>(
  environment: Environment,
  use: (app: App, outdir: string) => Result,
): Result {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'driftless-synth-'));
  try {
    return use(createApp(environment, outdir), outdir);
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

/** Every stack of an environment by its name, exactly as written to disk. */
export function synthesizedStacks(
  environment: Environment,
): Readonly<Record<string, SynthesizedStack>> {
  return withApp(environment, (app, outdir) => {
    app.synth();
    const folder = path.join(outdir, 'stacks');
    return Object.fromEntries(
      fs
        .readdirSync(folder)
        .map((stack) => [
          stack,
          JSON.parse(fs.readFileSync(path.join(folder, stack, 'cdk.tf.json'), 'utf8')),
        ]),
    );
  });
}

/** All resources of one type, in the order of their names; empty when there is none. */
export function resourcesOf(
  stack: SynthesizedStack | undefined,
  type: string,
): readonly Attributes[] {
  return Object.values(stack?.resource[type] ?? {});
}
