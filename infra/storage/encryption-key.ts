import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { type PolicyStatement, policyDocument } from './policy-document';

/** The longest AWS allows: time to notice that a key was deleted. */
const DELETION_WINDOW_DAYS = 30;

export interface EncryptionKeyProps {
  /** With `alias/`. */
  readonly alias: string;
  readonly description: string;
  readonly accountId: string;
  /** Who else than the account's own IAM policies may use it. Default: nobody. */
  readonly grants?: readonly PolicyStatement[];
  /** Whether Terraform refuses to destroy it. Default: no. */
  readonly isKept?: boolean;
}

/** A KMS key that rotates every year, with an alias. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'key', {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      policy: policyDocument(
        {
          // Without it nobody could ever change the key again.
          Sid: 'AccountDecidesByIam',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${props.accountId}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        ...(props.grants ?? []),
      ),
      lifecycle: { preventDestroy: props.isKept ?? false },
    });
    new KmsAlias(this, 'alias', { name: props.alias, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** Lets CloudWatch Logs of the account encrypt log groups whose name starts with `prefix`. */
export function logsGrant(region: string, accountId: string, prefix: string): PolicyStatement {
  return {
    Sid: 'CloudWatchLogs',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncrypt*',
      'kms:GenerateDataKey*',
      'kms:Describe*',
    ],
    Resource: '*',
    Condition: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${accountId}:log-group:${prefix}*`,
      },
    },
  };
}
