import fs from 'node:fs';
import path from 'node:path';

/** Where an environment's bootstrap lives until its state is in S3: outside the checkout and `cdktf.out`. */
export class WorkFolder {
  readonly terraform: string;
  private readonly override: string;
  private readonly running: string;

  constructor(readonly path: string) {
    this.terraform = `${path}/terraform`;
    this.override = `${this.terraform}/backend_override.tf.json`;
    this.running = `${path}/running.json`;
    fs.mkdirSync(this.terraform, { recursive: true, mode: 0o700 });
  }

  /** Takes over the stack that was synthesized into `folder`. */
  takeStack(folder: string): void {
    fs.copyFileSync(path.join(folder, 'cdk.tf.json'), path.join(this.terraform, 'cdk.tf.json'));
  }

  /** Terraform merges `*_override.tf.json`, so the stack itself stays as it was synthesized. */
  useLocalState(isLocal: boolean): void {
    fs.rmSync(this.override, { force: true });
    if (!isLocal) return;
    const backend = { local: { path: `${this.path}/local.tfstate` } };
    fs.writeFileSync(this.override, JSON.stringify({ terraform: { backend } }));
  }

  /** Processes of the last run here; empty when it ended as it should. */
  lastProcesses(): readonly number[] {
    try {
      return JSON.parse(fs.readFileSync(this.running, 'utf8'));
    } catch {
      return [];
    }
  }

  /** Notes the processes of this run, until {@link WorkFolder.noteEnd}. */
  noteProcesses(ids: readonly number[]): void {
    fs.writeFileSync(this.running, JSON.stringify(ids));
  }

  noteEnd(): void {
    fs.rmSync(this.running, { force: true });
  }
}
