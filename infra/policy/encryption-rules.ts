import {
  attributeRule,
  blocksAt,
  isText,
  isTrue,
  type PolicyRule,
  type Resource,
  resourcesIn,
  type StackJson,
  type Violation,
  valueAt,
} from './stack-view';

const NAME = 'encryption';

/** What every bucket needs beside it, how it must look, and what is missing without it. */
const BUCKET_COMPANIONS: readonly (readonly [string, (resource: Resource) => boolean, string])[] = [
  [
    'aws_s3_bucket_public_access_block',
    ({ attributes }) =>
      ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets']
        .map((field) => attributes[field])
        .every(isTrue),
    'block public access in all four ways',
  ],
  [
    'aws_s3_bucket_versioning',
    ({ attributes }) => valueAt(attributes, 'versioning_configuration.status') === 'Enabled',
    'enable versioning, so that nothing is lost by being overwritten',
  ],
  [
    'aws_s3_bucket_policy',
    ({ attributes }) => deniesPlainHttp(String(attributes.policy)),
    'deny every request without TLS in its policy',
  ],
  [
    'aws_s3_bucket_server_side_encryption_configuration',
    ({ attributes }) =>
      isText(valueAt(attributes, 'rule.apply_server_side_encryption_by_default.sse_algorithm')),
    'encrypt it',
  ],
  [
    'aws_s3_bucket_lifecycle_configuration',
    ({ attributes }) =>
      blocksAt(attributes, 'rule').some(
        (rule) =>
          rule.status === 'Enabled' &&
          Number(valueAt(rule, 'noncurrent_version_expiration.noncurrent_days')) > 0,
      ),
    'let old versions expire',
  ],
];

function deniesPlainHttp(policy: string): boolean {
  const statements: unknown = JSON.parse(policy).Statement;
  return (
    Array.isArray(statements) &&
    statements.some(
      (statement) =>
        statement.Effect === 'Deny' &&
        statement.Action === 's3:*' &&
        statement.Condition?.Bool?.['aws:SecureTransport'] === 'false',
    )
  );
}

/** A bucket alone is neither encrypted, private nor versioned: separate resources say so. */
const bucketsAreComplete: PolicyRule = {
  name: 'private-bucket',
  violations: (stack) =>
    resourcesIn(stack, 'aws_s3_bucket').flatMap((bucket) =>
      BUCKET_COMPANIONS.flatMap(([type, isFine, remedy]) =>
        resourcesIn(stack, type).some(
          (resource) =>
            String(resource.attributes.bucket).includes(`aws_s3_bucket.${bucket.name}.`) &&
            isFine(resource),
        )
          ? []
          : [{ rule: 'private-bucket', path: bucket.path, field: type, value: undefined, remedy }],
      ),
    ),
};

/** Access logs are the one thing that S3 can write with its own key only. */
const bucketsUseOurKey: PolicyRule = {
  name: NAME,
  violations: (stack: StackJson): readonly Violation[] =>
    resourcesIn(stack, 'aws_s3_bucket_server_side_encryption_configuration').flatMap(
      ({ path, attributes }) => {
        const rule = valueAt(attributes, 'rule.apply_server_side_encryption_by_default');
        const isLog = resourcesIn(stack, 'aws_s3_bucket_logging').some(
          ({ attributes: logging }) => logging.target_bucket === attributes.bucket,
        );
        const isOurs =
          valueAt(rule, 'sse_algorithm') === 'aws:kms' &&
          isText(valueAt(rule, 'kms_master_key_id'));
        if (isOurs || isLog) return [];
        const remedy = 'use a KMS key of our own';
        return [{ rule: NAME, path, field: 'rule', value: rule, remedy }];
      },
    ),
};

const encrypted = (type: string, field: string, isFine: (value: unknown) => boolean) =>
  attributeRule(NAME, [type], field, isFine, 'encrypt it with a KMS key of our own');

/** Everything that holds data is encrypted with a key of ours that rotates. */
export const encryptionRules: readonly PolicyRule[] = [
  bucketsAreComplete,
  bucketsUseOurKey,
  encrypted('aws_ebs_volume', 'encrypted', isTrue),
  encrypted('aws_ebs_volume', 'kms_key_id', isText),
  encrypted('aws_launch_template', 'block_device_mappings.ebs.encrypted', isTrue),
  encrypted('aws_launch_template', 'block_device_mappings.ebs.kms_key_id', isText),
  encrypted('aws_dynamodb_table', 'server_side_encryption.enabled', isTrue),
  encrypted('aws_dynamodb_table', 'server_side_encryption.kms_key_arn', isText),
  encrypted('aws_cloudwatch_log_group', 'kms_key_id', isText),
  encrypted('aws_sns_topic', 'kms_master_key_id', isText),
  attributeRule(
    'key-rotation',
    ['aws_kms_key'],
    'enable_key_rotation',
    isTrue,
    'let the key rotate every year',
  ),
  attributeRule(
    'no-secret-in-state',
    ['aws_ssm_parameter', 'aws_secretsmanager_secret_version', 'aws_key_pair', 'tls_private_key'],
    'id',
    () => false,
    'a value that Terraform creates stands in its state: let the machine create it, as infra/nodes does',
  ),
];
