import type { Environment } from '../environments/environment';
import { namesOf } from '../environments/names';
import type { PolicyStatement } from '../storage/policy-document';

/** Purposes of machines; each has a role, a security group and user data of its own. */
export type MachineRole = 'control-plane' | 'worker' | 'runner';

/** Name of the workers' auto-scaling group; a worker reports to it that it has drained. */
export const workerGroupName = (environment: Environment): string =>
  `${namesOf(environment).cluster}-worker`;

/**
 * Session Manager without the rest of AmazonSSMManagedInstanceCore, which may read every parameter
 * of the account. Source: AWS Systems Manager user guide, "minimal Session Manager permissions".
 */
const SESSION_MANAGER: PolicyStatement = {
  Sid: 'SessionManager',
  Effect: 'Allow',
  Action: [
    'ssm:UpdateInstanceInformation',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
    'ec2messages:AcknowledgeMessage',
    'ec2messages:DeleteMessage',
    'ec2messages:FailMessage',
    'ec2messages:GetEndpoint',
    'ec2messages:GetMessages',
    'ec2messages:SendReply',
  ],
  Resource: '*',
};

function metrics({ metricNamespace }: ReturnType<typeof namesOf>): PolicyStatement {
  return {
    Sid: 'Metrics',
    Effect: 'Allow',
    Action: 'cloudwatch:PutMetricData',
    Resource: '*',
    Condition: { StringEquals: { 'cloudwatch:namespace': metricNamespace } },
  };
}

/** The action on the parameters, and the key for exactly those: SSM names the parameter to KMS. */
function parameters(
  environment: Environment,
  keyArn: string,
  mode: 'Read' | 'Write',
  names: readonly string[],
): readonly PolicyStatement[] {
  const { region, accountId } = environment;
  const arns = names.map((name) => `arn:aws:ssm:${region}:${accountId}:parameter${name}`);
  const isRead = mode === 'Read';
  return [
    {
      Sid: `${mode}Parameters`,
      Effect: 'Allow',
      Action: isRead ? 'ssm:GetParameter' : 'ssm:PutParameter',
      Resource: arns,
    },
    {
      Sid: `${mode}ParametersKey`,
      Effect: 'Allow',
      Action: isRead ? 'kms:Decrypt' : ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: keyArn,
      Condition: { StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': arns } },
    },
  ];
}

function backups(environment: Environment, keyArn: string): readonly PolicyStatement[] {
  const bucket = `arn:aws:s3:::${namesOf(environment).backupBucket}`;
  return [
    {
      Sid: 'Backups',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `${bucket}/*`,
    },
    { Sid: 'ListBackups', Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
    {
      Sid: 'BackupsKey',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: keyArn,
      Condition: { StringEquals: { 'kms:ViaService': `s3.${environment.region}.amazonaws.com` } },
    },
  ];
}

const PULL_IMAGES: PolicyStatement = {
  Sid: 'PullImages',
  Effect: 'Allow',
  Action: [
    'ecr:GetAuthorizationToken',
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
  ],
  Resource: '*',
};

function reportDrained(environment: Environment): PolicyStatement {
  const { region, accountId } = environment;
  return {
    Sid: 'ReportDrained',
    Effect: 'Allow',
    Action: 'autoscaling:CompleteLifecycleAction',
    Resource: `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${workerGroupName(environment)}`,
  };
}

/** What a machine of that role may do in AWS, and nothing else. */
export function permissionsOf(
  role: MachineRole,
  environment: Environment,
  keyArn: string,
): readonly PolicyStatement[] {
  const names = namesOf(environment);
  const { worker, controlPlane, runner, initLock } = names.parameters;
  const everyone = [SESSION_MANAGER, metrics(names)];
  switch (role) {
    case 'control-plane':
      return [
        ...everyone,
        ...parameters(environment, keyArn, 'Read', [worker, controlPlane, initLock]),
        ...parameters(environment, keyArn, 'Write', [worker, controlPlane, runner, initLock]),
        ...backups(environment, keyArn),
        PULL_IMAGES,
      ];
    case 'worker':
      return [
        ...everyone,
        ...parameters(environment, keyArn, 'Read', [worker]),
        PULL_IMAGES,
        reportDrained(environment),
      ];
    case 'runner':
      return [...everyone, ...parameters(environment, keyArn, 'Read', [runner])];
  }
}
