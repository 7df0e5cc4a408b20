import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';

export interface ApiLoadBalancerProps {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly instanceIds: readonly string[];
  /** Private DNS zone and the API server's name in it. */
  readonly zone: string;
  readonly host: string;
}

const API_SERVER_PORT = 6443;
/** A replaced control plane answers open requests for this long. */
const DRAIN_SECONDS = '60';

/** One internal address for all API servers, under a name that is known before it exists. */
export class ApiLoadBalancer extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiLoadBalancerProps,
  ) {
    super(scope, id);
    const balancer = new Lb(this, 'balancer', {
      name: `${props.name}-api`,
      internal: true,
      loadBalancerType: 'network',
      subnets: [...props.subnetIds],
      securityGroups: [props.securityGroupId],
      enableCrossZoneLoadBalancing: true,
    });
    new LbListener(this, 'listener', {
      loadBalancerArn: balancer.arn,
      port: API_SERVER_PORT,
      protocol: 'TCP',
      defaultAction: [{ type: 'forward', targetGroupArn: this.createTargets().arn }],
    });
    this.createName(balancer);
  }

  private createTargets(): LbTargetGroup {
    const targets = new LbTargetGroup(this, 'targets', {
      name: `${this.props.name}-api`,
      vpcId: this.props.vpcId,
      port: API_SERVER_PORT,
      protocol: 'TCP',
      targetType: 'instance',
      // With it a control plane could not reach itself through the balancer.
      preserveClientIp: 'false',
      deregistrationDelay: DRAIN_SECONDS,
      healthCheck: {
        protocol: 'HTTPS',
        path: '/readyz',
        interval: 10,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    });
    this.props.instanceIds.forEach((targetId, index) => {
      new LbTargetGroupAttachment(this, `target-${index}`, {
        targetGroupArn: targets.arn,
        targetId,
        port: API_SERVER_PORT,
      });
    });
    return targets;
  }

  private createName(balancer: Lb): void {
    const { zone: name, host, vpcId } = this.props;
    const zone = new Route53Zone(this, 'zone', {
      name,
      comment: `Names inside ${this.props.name}`,
      vpc: [{ vpcId }],
    });
    new Route53Record(this, 'name', {
      zoneId: zone.zoneId,
      name: host,
      type: 'A',
      alias: { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false },
    });
  }
}
