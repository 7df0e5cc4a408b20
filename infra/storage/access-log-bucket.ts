import type { Construct } from 'constructs';
import { PrivateBucket } from './private-bucket';

export interface AccessLogBucketProps {
  readonly name: string;
  /** Whose accesses are logged here. */
  readonly sourceBucket: string;
  readonly accountId: string;
  /** See `PrivateBucketProps`. */
  readonly destroy: 'never' | 'with-content';
}

/** CIS AWS Foundations asks for a year of audit trail. */
const LOG_DAYS = 365;
const OLD_VERSION_DAYS = 30;

/** The bucket into which S3 writes who read or wrote `sourceBucket`. */
export class AccessLogBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id, {
      name: props.name,
      destroy: props.destroy,
      expirationDays: LOG_DAYS,
      oldVersionDays: OLD_VERSION_DAYS,
      statements: [
        {
          Sid: 'S3WritesAccessLog',
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${props.name}/*`,
          Condition: {
            ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${props.sourceBucket}` },
            StringEquals: { 'aws:SourceAccount': props.accountId },
          },
        },
      ],
    });
  }
}
