import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { namesOf } from '../environments/names';
import { LockTable } from '../state/lock-table';
import { StateBucket } from '../state/state-bucket';
import { AccessLogBucket } from '../storage/access-log-bucket';
import { EncryptionKey } from '../storage/encryption-key';
import { DriftlessStack, type DriftlessStackProps } from './driftless-stack';

/** Where the state of every stack is kept. Deployed first, by `pnpm bootstrap`. */
export class StateStack extends DriftlessStack {
  constructor(scope: Construct, id: string, props: DriftlessStackProps) {
    super(scope, id, props);
    const { accountId } = this.environment;
    const names = namesOf(this.environment);
    const key = new EncryptionKey(this, 'key', {
      alias: names.stateKeyAlias,
      description: `Terraform state of ${names.cluster}`,
      accountId,
      isKept: true,
    });
    const accessLog = new AccessLogBucket(this, 'log', {
      name: names.stateLogBucket,
      sourceBucket: names.stateBucket,
      accountId,
      destroy: 'never',
    });
    new StateBucket(this, 'state', {
      name: names.stateBucket,
      keyArn: key.arn,
      accessLog,
    });
    new LockTable(this, 'lock', { name: names.lockTable, keyArn: key.arn });
    new TerraformOutput(this, 'state_bucket', { value: names.stateBucket });
    new TerraformOutput(this, 'lock_table', { value: names.lockTable });
  }
}
