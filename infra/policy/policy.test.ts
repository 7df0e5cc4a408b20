import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { dev } from '../environments/dev';
import { ENVIRONMENT_NAMES, environmentNamed } from '../environments/environments';
import { prod } from '../environments/prod';
import { synthesizedStacks, withApp } from '../testing/synthesized';
import { add, drop, editPolicy, type Mutable, type Mutation, set, setTop, unset } from './mutants';
import { judge, renderViolation } from './policy';
import type { StackJson } from './stack-view';

const stacks = synthesizedStacks(prod);

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';
const TEMPLATE = 'aws_launch_template';
const BLOCK = 'block_device_mappings.0.ebs';

/** What is changed for the worse, in which stack, and the rule that must notice. */
const MUTANTS: readonly (readonly [string, string, Mutation, string])[] = [
  // Encryption
  ['a plain etcd volume', 'cluster', set('aws_ebs_volume', 'encrypted', false), 'encryption'],
  ['an etcd volume silent about it', 'cluster', unset('aws_ebs_volume', 'encrypted'), 'encryption'],
  ["AWS's key for etcd", 'cluster', unset('aws_ebs_volume', 'kms_key_id'), 'encryption'],
  ['an old volume type', 'cluster', set('aws_ebs_volume', 'type', 'gp2'), 'gp3'],
  ['a plain root volume', 'cluster', set(TEMPLATE, `${BLOCK}.encrypted`, 'false'), 'encryption'],
  ["AWS's key for a root", 'cluster', unset(TEMPLATE, `${BLOCK}.kms_key_id`), 'encryption'],
  ['an old root volume', 'cluster', set(TEMPLATE, `${BLOCK}.volume_type`, 'gp2'), 'gp3'],
  ['no root volume settings', 'cluster', unset(TEMPLATE, 'block_device_mappings'), 'encryption'],
  ['a plain alarm topic', 'cluster', unset('aws_sns_topic', 'kms_master_key_id'), 'encryption'],
  ['plain flow logs', 'network', unset('aws_cloudwatch_log_group', 'kms_key_id'), 'encryption'],
  [
    'a plain lock table',
    'state',
    unset('aws_dynamodb_table', 'server_side_encryption'),
    'encryption',
  ],
  [
    'encryption of locks off',
    'state',
    set('aws_dynamodb_table', 'server_side_encryption.enabled', false),
    'encryption',
  ],
  [
    "AWS's key for locks",
    'state',
    unset('aws_dynamodb_table', 'server_side_encryption.kms_key_arn'),
    'encryption',
  ],
  [
    "S3's key for state",
    'state',
    set(
      'aws_s3_bucket_server_side_encryption_configuration',
      'rule.0.apply_server_side_encryption_by_default',
      { sse_algorithm: 'AES256' },
      'state_',
    ),
    'encryption',
  ],
  ['a key for ever', 'state', set('aws_kms_key', 'enable_key_rotation', false), 'key-rotation'],
  ['a key silent about it', 'cluster', unset('aws_kms_key', 'enable_key_rotation'), 'key-rotation'],
  // Buckets
  ...['state', 'log', 'backups', 'backup-log'].map(
    (bucket) =>
      [
        `no public access block of ${bucket}`,
        bucket.startsWith('backup') ? 'cluster' : 'state',
        drop('aws_s3_bucket_public_access_block', `${bucket}_`),
        'private-bucket',
      ] as const,
  ),
  ...[
    'block_public_acls',
    'block_public_policy',
    'ignore_public_acls',
    'restrict_public_buckets',
  ].map(
    (field) =>
      [
        `${field} off`,
        'state',
        set('aws_s3_bucket_public_access_block', field, false),
        'private-bucket',
      ] as const,
  ),
  [
    'no versions',
    'state',
    set('aws_s3_bucket_versioning', 'versioning_configuration.status', 'Suspended'),
    'private-bucket',
  ],
  ['no versioning', 'cluster', drop('aws_s3_bucket_versioning', 'backups'), 'private-bucket'],
  ['no bucket policy', 'state', drop('aws_s3_bucket_policy', 'state'), 'private-bucket'],
  [
    'plain HTTP allowed',
    'state',
    editPolicy('aws_s3_bucket_policy', 'policy', (statements) => statements.shift()),
    'private-bucket',
  ],
  [
    'plain HTTP denied for reading only',
    'state',
    editPolicy('aws_s3_bucket_policy', 'policy', ([first]) => {
      if (first) first.Action = 's3:GetObject';
    }),
    'private-bucket',
  ],
  ['versions for ever', 'state', drop('aws_s3_bucket_lifecycle_configuration'), 'private-bucket'],
  [
    'a lifecycle that is off',
    'state',
    set('aws_s3_bucket_lifecycle_configuration', 'rule.0.status', 'Disabled'),
    'private-bucket',
  ],
  [
    'no encryption of backups',
    'cluster',
    drop('aws_s3_bucket_server_side_encryption_configuration', 'backups'),
    'private-bucket',
  ],
  ['a bucket alone', 'network', add('aws_s3_bucket', { bucket: 'mine' }), 'private-bucket'],
  [
    'a bucket for everyone',
    'state',
    editPolicy('aws_s3_bucket_policy', 'policy', (statements) => {
      statements.push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' });
    }),
    'no-stranger',
  ],
  // Machines
  ['IMDSv1', 'cluster', set(TEMPLATE, 'metadata_options.http_tokens', 'optional'), 'imdsv2'],
  ['IMDSv1 by silence', 'cluster', unset(TEMPLATE, 'metadata_options'), 'imdsv2'],
  [
    'two hops',
    'cluster',
    set(TEMPLATE, 'metadata_options.http_put_response_hop_limit', 2, 'worker'),
    'imdsv2',
  ],
  [
    'hops left to the image',
    'cluster',
    unset(TEMPLATE, 'metadata_options.http_put_response_hop_limit'),
    'imdsv2',
  ],
  [
    'no metadata, so no role',
    'cluster',
    set(TEMPLATE, 'metadata_options.http_endpoint', 'disabled'),
    'imdsv2',
  ],
  ['a key pair', 'cluster', set(TEMPLATE, 'key_name', 'me'), 'no-key-pair'],
  ['a key pair of an instance', 'cluster', set('aws_instance', 'key_name', 'me'), 'no-key-pair'],
  [
    'a public worker',
    'cluster',
    set(TEMPLATE, 'network_interfaces.0.associate_public_ip_address', 'true', 'worker'),
    'no-public-ip',
  ],
  [
    'a public address by silence',
    'cluster',
    unset(TEMPLATE, 'network_interfaces.0.associate_public_ip_address'),
    'no-public-ip',
  ],
  [
    'a public control plane',
    'cluster',
    set('aws_instance', 'associate_public_ip_address', true),
    'no-public-ip',
  ],
  [
    'an instance without template',
    'cluster',
    unset('aws_instance', 'launch_template'),
    'from-launch-template',
  ],
  ['no role', 'cluster', unset(TEMPLATE, 'iam_instance_profile'), 'instance-profile'],
  ['slow metrics', 'cluster', set(TEMPLATE, 'monitoring.enabled', false), 'monitored'],
  // Network
  ['SSH from an office', 'cluster', set(INGRESS, 'from_port', 22), 'no-open-login'],
  ['a range over SSH', 'cluster', set(INGRESS, 'from_port', 0), 'no-open-login'],
  ['every protocol', 'cluster', set(INGRESS, 'ip_protocol', '-1'), 'no-open-login'],
  ['the world', 'cluster', set(INGRESS, 'cidr_ipv4', '0.0.0.0/0', 'admin'), 'no-open-world'],
  ['half the world', 'cluster', set(INGRESS, 'cidr_ipv4', '128.0.0.0/1', 'admin'), 'no-open-world'],
  ['the IPv6 world', 'cluster', set(INGRESS, 'cidr_ipv6', '::/0'), 'no-open-world'],
  [
    'everything out',
    'cluster',
    (stack) =>
      set(EGRESS, 'ip_protocol', '-1', 'https')(stack) + unset(EGRESS, 'from_port', 'https')(stack),
    'no-open-world',
  ],
  ['a rule without words', 'cluster', unset(INGRESS, 'description'), 'described'],
  ['an empty description', 'cluster', set(EGRESS, 'description', ''), 'described'],
  ['a group without words', 'cluster', unset('aws_security_group', 'description'), 'described'],
  [
    'a rule inside a group',
    'cluster',
    set('aws_security_group', 'ingress', [{ from_port: 1 }]),
    'one-rule-per-flow',
  ],
  [
    'an old rule',
    'cluster',
    add('aws_security_group_rule', { type: 'ingress' }),
    'one-rule-per-flow',
  ],
  [
    'a default group that lets in',
    'network',
    set('aws_default_security_group', 'ingress', [{ protocol: '-1' }]),
    'default-group-empty',
  ],
  [
    'a default group left as it is',
    'network',
    unset('aws_default_security_group', 'egress'),
    'default-group-empty',
  ],
  ['public subnets', 'network', set('aws_subnet', 'map_public_ip_on_launch', true), 'no-public-ip'],
  ['a public API', 'cluster', set('aws_lb', 'internal', false), 'no-public-ip'],
  ['an API public by silence', 'cluster', unset('aws_lb', 'internal'), 'no-public-ip'],
  ['an address for no NAT', 'network', drop('aws_nat_gateway'), 'no-public-ip'],
  ['no flow logs', 'network', drop('aws_flow_log'), 'flow-logs'],
  ['half of the flows', 'network', set('aws_flow_log', 'traffic_type', 'REJECT'), 'flow-logs'],
  [
    'remote desktop through the ACL',
    'network',
    set('aws_network_acl', 'ingress.1.action', 'allow', 'public'),
    'no-open-login',
  ],
  [
    'SSH through the ACL',
    'network',
    set('aws_network_acl', 'ingress.2.from_port', 0, 'public'),
    'no-open-login',
  ],
  // Tags
  ...['owner', 'environment', 'cost-centre'].flatMap((tag) => [
    [`no ${tag}`, 'network', setTop(`provider.aws.0.default_tags.0.tags.${tag}`), 'tags'] as const,
    [
      `no ${tag} of machines`,
      'cluster',
      unset(TEMPLATE, `tag_specifications.0.tags.${tag}`),
      'tags',
    ] as const,
  ]),
  ['no tags of volumes', 'cluster', unset(TEMPLATE, 'tag_specifications.1'), 'tags'],
  ['no tags of a group', 'cluster', set('aws_autoscaling_group', 'tag', []), 'tags'],
  // Safety
  ...['aws_s3_bucket', 'aws_dynamodb_table', 'aws_kms_key'].map(
    (type) =>
      [
        `${type} of the state can be destroyed`,
        'state',
        set(type, 'lifecycle.prevent_destroy', false),
        'prevent-destroy',
      ] as const,
  ),
  ['a state without protection', 'state', unset('aws_s3_bucket', 'lifecycle'), 'prevent-destroy'],
  ...['encrypt', 'kms_key_id', 'dynamodb_table', 'use_lockfile'].map(
    (field) =>
      [`no ${field}`, 'cluster', setTop(`terraform.backend.s3.${field}`), 'backend'] as const,
  ),
  ['a local state', 'network', setTop('terraform.backend', { local: {} }), 'backend'],
  ['any account', 'cluster', setTop('provider.aws.0.allowed_account_ids'), 'one-account'],
  [
    'a command at apply',
    'cluster',
    set('aws_instance', 'provisioner', [{ 'local-exec': { command: 'id' } }]),
    'no-provisioner',
  ],
  [
    'a role that may do everything',
    'cluster',
    editPolicy('aws_iam_role_policy', 'policy', ([first]) => {
      if (first) first.Action = '*';
    }),
    'least-privilege',
  ],
  [
    'a role that may do all of S3',
    'cluster',
    editPolicy('aws_iam_role_policy', 'policy', ([first]) => {
      if (first) first.Action = ['s3:*'];
    }),
    'least-privilege',
  ],
  [
    "AWS's own wide policy",
    'cluster',
    add('aws_iam_role_policy_attachment', { policy_arn: 'arn:aws:iam::aws:policy/X' }),
    'least-privilege',
  ],
  [
    'a role for everyone',
    'cluster',
    editPolicy('aws_iam_role', 'assume_role_policy', ([first]) => {
      if (first) first.Principal = { AWS: '*' };
    }),
    'no-stranger',
  ],
  [
    'a key for everyone',
    'cluster',
    editPolicy('aws_kms_key', 'policy', ([first]) => {
      if (first) first.Principal = '*';
    }),
    'no-stranger',
  ],
  [
    'logs for a week',
    'network',
    set('aws_cloudwatch_log_group', 'retention_in_days', 7),
    'log-retention',
  ],
  [
    'logs for ever',
    'network',
    unset('aws_cloudwatch_log_group', 'retention_in_days'),
    'log-retention',
  ],
  [
    'no way back for locks',
    'state',
    unset('aws_dynamodb_table', 'point_in_time_recovery'),
    'recoverable',
  ],
  [
    'a lock table to delete',
    'state',
    set('aws_dynamodb_table', 'deletion_protection_enabled', false),
    'recoverable',
  ],
  [
    'an alarm for nobody',
    'cluster',
    set('aws_cloudwatch_metric_alarm', 'alarm_actions', []),
    'alarm-tells-someone',
  ],
  [
    'a secret in the state',
    'cluster',
    add('aws_ssm_parameter', { value: 'x' }),
    'no-secret-in-state',
  ],
];

test.each(ENVIRONMENT_NAMES)('%s violates nothing', (name) => {
  for (const stack of Object.values(synthesizedStacks(environmentNamed(name)))) {
    expect(judge(stack)).toEqual([]);
  }
});

test('there are enough mutants, none of them twice', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(MUTANTS.map(([name]) => name)).size).toBe(MUTANTS.length);
});

test.each(MUTANTS)('%s (%s) is noticed', (_name, stack, mutate, rule) => {
  const copy = structuredClone(stacks[stack]) as unknown as Mutable;
  expect(mutate(copy)).toBeGreaterThan(0);
  const violations = judge(copy as unknown as StackJson);
  expect(violations.map((violation) => violation.rule)).toContain(rule);
  for (const violation of violations) {
    expect(renderViolation(violation)).toMatch(/^\S+: \S+ is .+: .{5,} \([a-z0-9-]+\)$/s);
  }
});

test('a stack that violates a rule is not synthesized, and every violation is named', () => {
  const synthesize = () =>
    withApp(dev, (app) => {
      const stack = app.node.findChild('network');
      new S3Bucket(stack, 'forgotten', { bucket: 'forgotten' });
      app.synth();
    });
  expect(synthesize).toThrow(/network\/forgotten: aws_s3_bucket_versioning is absent: enable/);
  expect(synthesize).toThrow(/network\/forgotten: aws_s3_bucket_policy is absent: deny/);
});
