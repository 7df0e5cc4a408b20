import type { Construct } from 'constructs';
import { PrivateBucket } from '../storage/private-bucket';

export interface StateBucketProps {
  readonly name: string;
  readonly keyArn: string;
  readonly accessLog: PrivateBucket;
}

/** How far back a damaged state can be repaired from its older versions. */
const OLD_STATE_DAYS = 90;

/** The bucket that holds the state of every stack, its own included. Terraform refuses to destroy it. */
export class StateBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id, { ...props, destroy: 'never', oldVersionDays: OLD_STATE_DAYS });
  }
}
