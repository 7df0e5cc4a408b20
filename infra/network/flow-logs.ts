import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { policyDocument } from '../storage/policy-document';

export interface FlowLogsProps {
  readonly name: string;
  readonly accountId: string;
  readonly vpcId: string;
  readonly keyArn: string;
  readonly retentionDays: number;
}

/** Where the flow logs of a cluster go; the key of the log group must allow this prefix. */
export const flowLogGroupName = (name: string): string => `/${name}/vpc-flow-logs`;

/** Who talked to whom in the VPC, kept encrypted in CloudWatch. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, 'group', {
      name: flowLogGroupName(props.name),
      kmsKeyId: props.keyArn,
      retentionInDays: props.retentionDays,
    });
    const role = new IamRole(this, 'role', {
      name: `${props.name}-flow-logs`,
      assumeRolePolicy: policyDocument({
        Sid: 'FlowLogs',
        Effect: 'Allow',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': props.accountId } },
      }),
    });
    new IamRolePolicy(this, 'write', {
      name: 'write-flow-logs',
      role: role.id,
      policy: policyDocument({
        Sid: 'Write',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        Resource: `${group.arn}:*`,
      }),
    });
    new FlowLog(this, 'vpc', {
      vpcId: props.vpcId,
      trafficType: 'ALL',
      logDestination: group.arn,
      iamRoleArn: role.arn,
    });
  }
}
