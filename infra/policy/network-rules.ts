import { parseCidr } from '../network/cidr';
import {
  type Attributes,
  attributeRule,
  blocksAt,
  isFalse,
  isText,
  isTrue,
  type PolicyRule,
  resourcesIn,
  type Violation,
} from './stack-view';

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';
const ANY_PROTOCOL = '-1';
/** Remote log-ins: SSH and remote desktop. */
const LOGIN_PORTS = [22, 3389];
/** Wider than the largest private range means: the internet. */
const WORLD_PREFIX = 8;

const isWorld = (cidr: unknown): boolean => {
  const prefix = parseCidr(String(cidr ?? ''))?.prefix;
  return prefix !== undefined && prefix < WORLD_PREFIX;
};

function covers(rule: Attributes, port: number): boolean {
  const { from_port, to_port } = rule;
  if ((rule.ip_protocol ?? rule.protocol) === ANY_PROTOCOL) return true;
  return Number(from_port) <= port && port <= Number(to_port);
}

const loginPort = (rule: Attributes) => LOGIN_PORTS.find((port) => covers(rule, port));

const noLogin: PolicyRule = {
  name: 'no-open-login',
  violations: (stack) =>
    resourcesIn(stack, INGRESS).flatMap(({ path, attributes }) =>
      loginPort(attributes) === undefined
        ? []
        : [
            {
              rule: 'no-open-login',
              path,
              field: 'from_port',
              value: attributes.from_port,
              remedy:
                'let in single ports and never 22 or 3389: Session Manager needs no open port',
            },
          ],
    ),
};

/** The first rule of an ACL that speaks of world and port decides. */
const aclsRefuseLogin: PolicyRule = {
  name: 'no-open-login',
  violations: (stack) =>
    resourcesIn(stack, 'aws_network_acl').flatMap(({ path, attributes }) => {
      const rules = blocksAt(attributes, 'ingress')
        .filter(
          (rule) => isWorld(rule.cidr_block) && rule.protocol !== '17' && rule.protocol !== 'udp',
        )
        .toSorted((left, right) => Number(left.rule_no) - Number(right.rule_no));
      return LOGIN_PORTS.flatMap((port): readonly Violation[] => {
        const first = rules.find((rule) => covers(rule, port));
        if (first?.action !== 'allow') return [];
        const remedy = `deny port ${port} before rule ${first.rule_no}`;
        return [{ rule: 'no-open-login', path, field: 'ingress', value: first, remedy }];
      });
    }),
};

const NETWORK_TYPES = ['aws_security_group', INGRESS, EGRESS];

const addressIsForNat: PolicyRule = {
  name: 'no-public-ip',
  violations: (stack) =>
    resourcesIn(stack, 'aws_eip').flatMap(({ path, name }) =>
      resourcesIn(stack, 'aws_nat_gateway').some(({ attributes }) =>
        String(attributes.allocation_id).includes(`aws_eip.${name}.`),
      )
        ? []
        : [
            {
              rule: 'no-public-ip',
              path,
              field: 'instance',
              value: undefined,
              remedy: 'only NAT gateways have public addresses',
            },
          ],
    ),
};

const everyVpcIsLogged: PolicyRule = {
  name: 'flow-logs',
  violations: (stack) =>
    resourcesIn(stack, 'aws_vpc').flatMap(({ path, name }) =>
      resourcesIn(stack, 'aws_flow_log').some(
        ({ attributes }) =>
          attributes.traffic_type === 'ALL' &&
          String(attributes.vpc_id).includes(`aws_vpc.${name}.`),
      )
        ? []
        : [
            {
              rule: 'flow-logs',
              path,
              field: 'aws_flow_log',
              value: undefined,
              remedy: 'log ALL traffic of the VPC',
            },
          ],
    ),
};

const CLOSED = 'name the sources: a security group, or a block of /8 or narrower';

/** Who may talk to whom, and from where. */
export const networkRules: readonly PolicyRule[] = [
  noLogin,
  aclsRefuseLogin,
  addressIsForNat,
  everyVpcIsLogged,
  attributeRule('no-open-world', [INGRESS], 'cidr_ipv4', (cidr) => !isWorld(cidr), CLOSED),
  attributeRule('no-open-world', [INGRESS], 'cidr_ipv6', (cidr) => cidr === undefined, CLOSED),
  attributeRule('no-open-world', [INGRESS], 'prefix_list_id', (id) => id === undefined, CLOSED),
  attributeRule(
    'no-open-world',
    [EGRESS],
    'ip_protocol',
    (protocol, { attributes }) => protocol !== ANY_PROTOCOL || !isWorld(attributes.cidr_ipv4),
    'let out single ports',
  ),
  attributeRule(
    'described',
    [...NETWORK_TYPES, 'aws_kms_key', 'aws_launch_template'],
    'description',
    isText,
    'say in its description who talks to whom, or what it is for',
  ),
  ...['ingress', 'egress'].flatMap((direction) => [
    attributeRule(
      'one-rule-per-flow',
      ['aws_security_group'],
      direction,
      (rules) => rules === undefined,
      'use aws_vpc_security_group_*_rule, one for each flow and source',
    ),
    attributeRule(
      'default-group-empty',
      ['aws_default_security_group'],
      direction,
      (rules) => Array.isArray(rules) && rules.length === 0,
      'leave the default security group without a rule',
    ),
  ]),
  attributeRule(
    'one-rule-per-flow',
    ['aws_security_group_rule'],
    'type',
    () => false,
    'use aws_vpc_security_group_*_rule, one for each flow and source',
  ),
  attributeRule(
    'no-public-ip',
    ['aws_subnet'],
    'map_public_ip_on_launch',
    (value) => value === undefined || isFalse(value),
    'let no subnet give out public addresses',
  ),
  attributeRule(
    'no-public-ip',
    ['aws_lb'],
    'internal',
    isTrue,
    'keep the load balancer inside the VPC',
  ),
];
