import {
  attributeRule,
  isText,
  isTrue,
  type PolicyRule,
  resourcesIn,
  type StackJson,
  type Violation,
  valueAt,
} from './stack-view';

/** CIS AWS Foundations: a year of audit trail. */
const MIN_LOG_DAYS = 365;

/** The name of the stack in its own state key: `state.tfstate`. */
const isStateStack = (stack: StackJson): boolean =>
  valueAt(stack.terraform, 'backend.s3.key') === 'state.tfstate';

const keptForEver: PolicyRule = {
  name: 'prevent-destroy',
  violations: (stack) =>
    (isStateStack(stack)
      ? resourcesIn(stack, 'aws_s3_bucket', 'aws_dynamodb_table', 'aws_kms_key')
      : []
    ).flatMap(({ path, attributes }) => {
      const value = valueAt(attributes, 'lifecycle.prevent_destroy');
      const remedy = 'set lifecycle.preventDestroy: without it one wrong destroy loses every state';
      return value === true
        ? []
        : [{ rule: 'prevent-destroy', path, field: 'lifecycle.prevent_destroy', value, remedy }];
    }),
};

const BACKEND: readonly (readonly [string, (value: unknown) => boolean])[] = [
  ['bucket', isText],
  ['encrypt', isTrue],
  ['kms_key_id', isText],
  ['dynamodb_table', isText],
  ['use_lockfile', isTrue],
];

const stateIsLocked: PolicyRule = {
  name: 'backend',
  violations: (stack) =>
    BACKEND.flatMap(([field, isFine]) => {
      const value = valueAt(stack.terraform, `backend.s3.${field}`);
      const remedy = 'keep the state in S3, encrypted with our key and locked in S3 and DynamoDB';
      return isFine(value)
        ? []
        : [{ rule: 'backend', path: 'terraform.backend.s3', field, value, remedy }];
    }),
};

const oneAccount: PolicyRule = {
  name: 'one-account',
  violations: (stack) => {
    const value = valueAt(stack.provider?.aws, 'allowed_account_ids');
    if (Array.isArray(value) && value.length === 1) return [];
    const remedy = 'name the one account that this may be applied to';
    return [
      { rule: 'one-account', path: 'provider.aws', field: 'allowed_account_ids', value, remedy },
    ];
  },
};

const noCommands: PolicyRule = {
  name: 'no-provisioner',
  violations: (stack) =>
    resourcesIn(stack).flatMap(({ path, attributes }) =>
      attributes.provisioner === undefined
        ? []
        : [
            {
              rule: 'no-provisioner',
              path,
              field: 'provisioner',
              value: attributes.provisioner,
              remedy: 'a plan must say all that an apply does: move it to infra/nodes',
            },
          ],
    ),
};

const asList = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map((item) => String(item ?? ''));

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: unknown;
  readonly Principal?: unknown;
}

function statementsOf(policy: unknown): readonly Statement[] {
  return typeof policy === 'string' ? (JSON.parse(policy).Statement ?? []) : [];
}

function policyRule(
  name: string,
  types: readonly string[],
  field: string,
  isWrong: (statement: Statement) => boolean,
  remedy: string,
): PolicyRule {
  return {
    name,
    violations: (stack) =>
      resourcesIn(stack, ...types).flatMap(({ path, attributes }) =>
        statementsOf(attributes[field])
          .filter((statement) => statement.Effect === 'Allow' && isWrong(statement))
          .map((statement): Violation => ({ rule: name, path, field, value: statement, remedy })),
      ),
  };
}

/** Everyone: `*`, or any AWS account. */
const isEveryone = ({ Principal }: Statement): boolean =>
  Principal === '*' || asList(valueAt(Principal, 'AWS')).includes('*');

/** What must not be lost, and who may do what. */
export const safetyRules: readonly PolicyRule[] = [
  keptForEver,
  stateIsLocked,
  oneAccount,
  noCommands,
  policyRule(
    'least-privilege',
    ['aws_iam_role_policy', 'aws_iam_policy'],
    'policy',
    ({ Action }) => asList(Action).some((action) => action.includes('*')),
    'name every action',
  ),
  policyRule(
    'no-stranger',
    ['aws_s3_bucket_policy', 'aws_kms_key'],
    'policy',
    isEveryone,
    'name who is allowed',
  ),
  policyRule(
    'no-stranger',
    ['aws_iam_role'],
    'assume_role_policy',
    isEveryone,
    'name the service that takes the role',
  ),
  attributeRule(
    'least-privilege',
    ['aws_iam_role_policy_attachment', 'aws_iam_role'],
    'policy_arn',
    (value) => value === undefined,
    "write the role's own policy: AWS's policies allow more than a machine needs",
  ),
  attributeRule(
    'log-retention',
    ['aws_cloudwatch_log_group'],
    'retention_in_days',
    (days) => Number(days) >= MIN_LOG_DAYS,
    `keep logs for at least ${MIN_LOG_DAYS} days, but not for ever`,
  ),
  ...(['point_in_time_recovery.enabled', 'deletion_protection_enabled'] as const).map((field) =>
    attributeRule(
      'recoverable',
      ['aws_dynamodb_table'],
      field,
      isTrue,
      'let the lock table be recovered, and not be deleted by accident',
    ),
  ),
  attributeRule(
    'alarm-tells-someone',
    ['aws_cloudwatch_metric_alarm'],
    'alarm_actions',
    (actions) => Array.isArray(actions) && actions.length > 0,
    'send it to a topic that someone reads',
  ),
];
