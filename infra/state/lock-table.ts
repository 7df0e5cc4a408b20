import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';

export interface LockTableProps {
  readonly name: string;
  readonly keyArn: string;
}

/** The key that Terraform's S3 backend writes; it cannot be chosen. */
const LOCK_KEY = 'LockID';

/** The DynamoDB table that keeps two applies of one stack apart. */
export class LockTable extends Construct {
  constructor(scope: Construct, id: string, props: LockTableProps) {
    super(scope, id);
    new DynamodbTable(this, 'table', {
      name: props.name,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: LOCK_KEY,
      attribute: [{ name: LOCK_KEY, type: 'S' }],
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.keyArn },
      lifecycle: { preventDestroy: true },
    });
  }
}
