import {
  attributeRule,
  blocksAt,
  isFalse,
  isText,
  type PolicyRule,
  resourcesIn,
  valueAt,
} from './stack-view';

/** Tags that everything carries: who to ask, what it belongs to, who pays. */
export const REQUIRED_TAGS = ['owner', 'environment', 'cost-centre'] as const;

const LAUNCH_TEMPLATE = ['aws_launch_template'];
const IMDS = 'require IMDSv2 with a hop limit of 1, so that no pod gets the role of its node';

const imds = (field: string, wanted: unknown) =>
  attributeRule(
    'imdsv2',
    LAUNCH_TEMPLATE,
    `metadata_options.${field}`,
    (value) => value === wanted,
    IMDS,
  );

function missingTags(tags: unknown): readonly string[] {
  return REQUIRED_TAGS.filter((tag) => !isText(valueAt(tags, tag)));
}

const TAGS = `tag it with ${REQUIRED_TAGS.join(', ')}`;

const providerTags: PolicyRule = {
  name: 'tags',
  violations: (stack) =>
    (stack.provider?.aws ?? [{}]).flatMap((provider) => {
      const tags = valueAt(provider, 'default_tags.tags');
      return missingTags(tags).map((tag) => ({
        rule: 'tags',
        path: 'provider.aws',
        field: `default_tags.${tag}`,
        value: valueAt(tags, tag),
        remedy: TAGS,
      }));
    }),
};

/** Default tags do not reach what a launch template or an auto-scaling group starts. */
const startedTags: PolicyRule = {
  name: 'tags',
  violations: (stack) =>
    resourcesIn(stack, ...LAUNCH_TEMPLATE).flatMap(({ path, attributes }) =>
      ['instance', 'volume'].flatMap((type) => {
        const block = blocksAt(attributes, 'tag_specifications').find(
          ({ resource_type }) => resource_type === type,
        );
        return missingTags(block?.tags).map((tag) => ({
          rule: 'tags',
          path,
          field: `tag_specifications.${type}.${tag}`,
          value: undefined,
          remedy: TAGS,
        }));
      }),
    ),
};

const groupTags: PolicyRule = {
  name: 'tags',
  violations: (stack) =>
    resourcesIn(stack, 'aws_autoscaling_group').flatMap(({ path, attributes }) => {
      const tags = blocksAt(attributes, 'tag').filter((tag) => tag.propagate_at_launch === true);
      const byKey = Object.fromEntries(tags.map(({ key, value }) => [String(key), value]));
      return missingTags(byKey).map((tag) => ({
        rule: 'tags',
        path,
        field: `tag.${tag}`,
        value: byKey[tag],
        remedy: `${TAGS}, propagated at launch`,
      }));
    }),
};

const noKeyPair = attributeRule(
  'no-key-pair',
  ['aws_launch_template', 'aws_instance'],
  'key_name',
  (value) => value === undefined,
  'log in through Session Manager; a key pair is a secret that never ends',
);

/** How machines start. */
export const machineRules: readonly PolicyRule[] = [
  imds('http_tokens', 'required'),
  imds('http_put_response_hop_limit', 1),
  imds('http_endpoint', 'enabled'),
  noKeyPair,
  attributeRule(
    'no-public-ip',
    LAUNCH_TEMPLATE,
    'network_interfaces.associate_public_ip_address',
    isFalse,
    'give machines no public address; some subnets would by default',
  ),
  attributeRule(
    'no-public-ip',
    ['aws_instance'],
    'associate_public_ip_address',
    (value) => value === undefined || isFalse(value),
    'give machines no public address',
  ),
  attributeRule(
    'from-launch-template',
    ['aws_instance', 'aws_autoscaling_group'],
    'launch_template.id',
    isText,
    'start machines from a launch template, which is what the other rules look at',
  ),
  attributeRule(
    'instance-profile',
    LAUNCH_TEMPLATE,
    'iam_instance_profile.name',
    isText,
    'give it the role of its purpose: without it Session Manager cannot reach it',
  ),
  attributeRule(
    'monitored',
    LAUNCH_TEMPLATE,
    'monitoring.enabled',
    (value) => value === true,
    'switch detailed monitoring on, so that alarms come within minutes',
  ),
  ...['aws_launch_template', 'aws_ebs_volume'].map((type) =>
    attributeRule(
      'gp3',
      [type],
      type === 'aws_ebs_volume' ? 'type' : 'block_device_mappings.ebs.volume_type',
      (value) => value === 'gp3',
      'use gp3: its speed does not depend on its size',
    ),
  ),
  providerTags,
  startedTags,
  groupTags,
];
