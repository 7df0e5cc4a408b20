import { NetworkAcl } from '@cdktf/provider-aws/lib/network-acl';
import { Construct } from 'constructs';

export interface NetworkAclsProps {
  readonly name: string;
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  /** From where the API server and the NodePort are reached. */
  readonly adminCidrs: readonly string[];
  readonly nodePortCidrs: readonly string[];
  readonly nodePort: number;
}

interface AclRule {
  readonly action: 'allow' | 'deny';
  readonly protocol: string;
  readonly cidrBlock: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const WORLD = '0.0.0.0/0';
const ALL = { protocol: '-1', fromPort: 0, toPort: 0 } as const;
const API_SERVER = 6443;
/** A NAT gateway answers from any of these (Amazon VPC user guide, "Ephemeral ports"). */
const EPHEMERAL = { fromPort: 1024, toPort: 65_535 } as const;
const RDP = 3389;
/** Room between two rules, as AWS recommends, and the place of the first. */
const RULE_STEP = 10;
/** AWS allows 20 rules each way. */
const MAX_RULES = 20;

const allow = (
  cidrBlock: string,
  protocol: string,
  fromPort: number,
  toPort = fromPort,
): AclRule => ({ action: 'allow', protocol, cidrBlock, fromPort, toPort });

/** Answers to what nodes ask outside. Remote desktop lies in the same range and is no answer. */
const ANSWERS: readonly AclRule[] = [
  { ...allow(WORLD, 'tcp', RDP), action: 'deny' },
  allow(WORLD, 'tcp', EPHEMERAL.fromPort, EPHEMERAL.toPort),
  allow(WORLD, 'udp', EPHEMERAL.fromPort, EPHEMERAL.toPort),
];

function numbered(rules: readonly AclRule[]) {
  if (rules.length > MAX_RULES) {
    throw new RangeError(
      `a network ACL must have at most ${MAX_RULES} rules, got ${rules.length}: join blocks of network.adminCidrs or network.nodePortCidrs`,
    );
  }
  return rules.map((rule, index) => ({ ...rule, ruleNo: (index + 1) * RULE_STEP }));
}

/**
 * A second fence behind the security groups: the internet reaches the subnets with answers only.
 */
export class NetworkAcls extends Construct {
  constructor(scope: Construct, id: string, props: NetworkAclsProps) {
    super(scope, id);
    const { name, vpcId, vpcCidr } = props;
    const vpc: AclRule = { ...ALL, action: 'allow', cidrBlock: vpcCidr };
    const egress = numbered([{ ...ALL, action: 'allow', cidrBlock: WORLD }]);
    new NetworkAcl(this, 'public', {
      vpcId,
      subnetIds: [...props.publicSubnetIds],
      ingress: numbered([vpc, ...ANSWERS]),
      egress,
      tags: { Name: `${name}-public` },
    });
    new NetworkAcl(this, 'private', {
      vpcId,
      subnetIds: [...props.privateSubnetIds],
      ingress: numbered([
        vpc,
        ...props.adminCidrs.map((cidr) => allow(cidr, 'tcp', API_SERVER)),
        ...props.nodePortCidrs.map((cidr) => allow(cidr, 'tcp', props.nodePort)),
        ...ANSWERS,
      ]),
      egress,
      tags: { Name: `${name}-private` },
    });
  }
}
