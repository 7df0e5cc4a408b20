import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';

export interface EndpointsProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly vpcCidr: string;
  /** Where the interface endpoints stand: one subnet, or one per zone. */
  readonly subnetIds: readonly string[];
  readonly routeTableIds: readonly string[];
}

/** What a node needs before it has anything: Session Manager and parameters, images, keys. */
const INTERFACE_SERVICES = ['ssm', 'ssmmessages', 'ec2messages', 'ecr.api', 'ecr.dkr', 'kms'];
const HTTPS = 443;

/** AWS services reached inside the VPC: a node without internet can still be reached and join. */
export class Endpoints extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointsProps,
  ) {
    super(scope, id);
    new VpcEndpoint(this, 's3', {
      vpcId: props.vpcId,
      serviceName: `com.amazonaws.${props.region}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: [...props.routeTableIds],
      tags: { Name: `${props.name}-s3` },
    });
    const securityGroupId = this.createSecurityGroup();
    for (const service of INTERFACE_SERVICES) {
      new VpcEndpoint(this, service, {
        vpcId: props.vpcId,
        serviceName: `com.amazonaws.${props.region}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: [...props.subnetIds],
        securityGroupIds: [securityGroupId],
        tags: { Name: `${props.name}-${service}` },
      });
    }
  }

  private createSecurityGroup(): string {
    const { name, vpcId, vpcCidr } = this.props;
    const group = new SecurityGroup(this, 'security-group', {
      name: `${name}-endpoints`,
      description: 'AWS services inside the VPC',
      vpcId,
    });
    new VpcSecurityGroupIngressRule(this, 'https', {
      securityGroupId: group.id,
      description: 'Everything in the VPC calls AWS services',
      ipProtocol: 'tcp',
      fromPort: HTTPS,
      toPort: HTTPS,
      cidrIpv4: vpcCidr,
    });
    return group.id;
  }
}
