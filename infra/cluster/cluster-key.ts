import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { namesOf } from '../environments/names';
import { EncryptionKey } from '../storage/encryption-key';
import type { PolicyStatement } from '../storage/policy-document';

/** What EC2 Auto Scaling needs of a key (Amazon EC2 Auto Scaling user guide, "Required KMS key policy"). */
function scalingGrants(roleArn: string): readonly PolicyStatement[] {
  const grant = { Effect: 'Allow', Principal: { AWS: roleArn }, Resource: '*' } as const;
  return [
    {
      ...grant,
      Sid: 'AutoScalingDisks',
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:DescribeKey',
      ],
    },
    {
      ...grant,
      Sid: 'AutoScalingGrants',
      Action: 'kms:CreateGrant',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}

/** CloudWatch writes alarms into an encrypted topic. */
function alarmGrant(accountId: string): PolicyStatement {
  return {
    Sid: 'Alarms',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
  };
}

/**
 * The key of disks, parameters, snapshots and alarms, and the role through which auto-scaling groups
 * may use it: one of our own, because an empty account has no such role that a key policy could name.
 */
export class ClusterKey extends Construct {
  readonly arn: string;
  readonly scalingRoleArn: string;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { cluster, clusterKeyAlias } = namesOf(environment);
    const role = new IamServiceLinkedRole(this, 'scaling', {
      awsServiceName: 'autoscaling.amazonaws.com',
      customSuffix: cluster,
      description: `Auto-scaling groups of ${cluster}`,
    });
    this.scalingRoleArn = role.arn;
    this.arn = new EncryptionKey(this, 'key', {
      alias: clusterKeyAlias,
      description: `Disks, parameters, snapshots and alarms of ${cluster}`,
      accountId: environment.accountId,
      grants: [...scalingGrants(role.arn), alarmGrant(environment.accountId)],
    }).arn;
  }
}
