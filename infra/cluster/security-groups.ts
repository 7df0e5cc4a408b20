import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import type { FirewallRule, Group } from './firewall';

export interface SecurityGroupsProps {
  /** Prefix of names. */
  readonly name: string;
  readonly vpcId: string;
  readonly rules: readonly FirewallRule[];
}

const DESCRIPTIONS: Readonly<Record<Group, string>> = {
  'control-plane': 'Control planes: API server, etcd, kubelet',
  worker: 'Workers: kubelet and the NodePort in use',
  'load-balancer': 'Load balancer of the API server',
  runner: 'Runner of deployments: nobody talks to it',
};
const GROUPS = Object.keys(DESCRIPTIONS) as readonly Group[];

/** Outgoing web traffic: images and AWS over TLS; Ubuntu's package mirrors on EC2 are plain, their packages signed. */
const WEB_PORTS = { https: 443, http: 80 } as const;
const WEB_USERS: readonly Group[] = ['control-plane', 'worker', 'runner'];
const WORLD = '0.0.0.0/0';

/** The cluster's security groups: the rules given, let out at the source and in at the target. */
export class SecurityGroups extends Construct {
  private readonly groups = new Map<Group, SecurityGroup>();

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    for (const group of GROUPS) {
      this.groups.set(
        group,
        new SecurityGroup(this, group, {
          name: `${props.name}-${group}`,
          description: DESCRIPTIONS[group],
          vpcId: props.vpcId,
          tags: { Name: `${props.name}-${group}` },
        }),
      );
    }
    for (const rule of props.rules) this.permit(rule);
    this.permitWeb();
  }

  /** The security group's id. */
  idOf(group: Group): string {
    return (this.groups.get(group) as SecurityGroup).id;
  }

  private permit(rule: FirewallRule): void {
    const common = {
      description: rule.description,
      ipProtocol: rule.protocol,
      ...(rule.fromPort !== undefined && { fromPort: rule.fromPort, toPort: rule.toPort }),
    };
    const { from, to } = rule;
    new VpcSecurityGroupIngressRule(this, `${to}-${rule.id}`, {
      ...common,
      securityGroupId: this.idOf(to),
      ...('group' in from
        ? { referencedSecurityGroupId: this.idOf(from.group) }
        : { cidrIpv4: from.cidr }),
    });
    if (!('group' in from)) return;
    new VpcSecurityGroupEgressRule(this, `${to}-${rule.id}-out`, {
      ...common,
      securityGroupId: this.idOf(from.group),
      referencedSecurityGroupId: this.idOf(to),
    });
  }

  private permitWeb(): void {
    for (const group of WEB_USERS) {
      for (const [name, port] of Object.entries(WEB_PORTS)) {
        new VpcSecurityGroupEgressRule(this, `${group}-${name}-out`, {
          securityGroupId: this.idOf(group),
          description: `${name}: ${group} to packages, images and AWS`,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          cidrIpv4: WORLD,
        });
      }
    }
  }
}
