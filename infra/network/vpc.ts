import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import type { ZoneSubnets } from './subnet-plan';

export interface ClusterVpcProps {
  /** Prefix of names. */
  readonly name: string;
  readonly cidr: string;
  readonly subnets: readonly ZoneSubnets[];
  /** One NAT gateway for all zones, or one in each. */
  readonly redundancy: 'one-zone' | 'per-zone';
}

const WORLD = '0.0.0.0/0';

/** The VPC: per zone a public subnet that holds nothing but a NAT gateway, and a private one for nodes. */
export class ClusterVpc extends Construct {
  readonly id: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly privateRouteTableIds: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterVpcProps,
  ) {
    super(scope, id);
    this.id = this.createVpc();
    const publicSubnets = this.createSubnets('public');
    const privateSubnets = this.createSubnets('private');
    const nats = this.createNatGateways(publicSubnets);
    this.publicSubnetIds = publicSubnets.map((subnet) => subnet.id);
    this.privateSubnetIds = privateSubnets.map((subnet) => subnet.id);
    this.privateRouteTableIds = privateSubnets.map((subnet, index) =>
      this.createPrivateRoutes(subnet, index, (nats[index] ?? nats[0]) as NatGateway),
    );
  }

  private createVpc(): string {
    const { name, cidr } = this.props;
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: cidr,
      // Interface endpoints and the API server's name are private DNS names.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: name },
    });
    // No rule at all: whatever forgets its security group talks to nobody.
    new DefaultSecurityGroup(this, 'default-security-group', {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
    });
    return vpc.id;
  }

  private zoneLetter(index: number): string {
    return this.props.subnets[index]?.zone.slice(-1) ?? '';
  }

  private createSubnets(kind: 'public' | 'private'): readonly Subnet[] {
    return this.props.subnets.map(
      ({ zone, publicCidr, privateCidr }, index) =>
        new Subnet(this, `${kind}-${this.zoneLetter(index)}`, {
          vpcId: this.id,
          availabilityZone: zone,
          cidrBlock: kind === 'public' ? publicCidr : privateCidr,
          mapPublicIpOnLaunch: false,
          tags: { Name: `${this.props.name}-${kind}-${zone}` },
        }),
    );
  }

  private createNatGateways(publicSubnets: readonly Subnet[]): readonly NatGateway[] {
    const internet = new InternetGateway(this, 'internet', { vpcId: this.id });
    const routes = new RouteTable(this, 'public-routes', {
      vpcId: this.id,
      route: [{ cidrBlock: WORLD, gatewayId: internet.id }],
    });
    publicSubnets.forEach((subnet, index) => {
      new RouteTableAssociation(this, `public-routes-${this.zoneLetter(index)}`, {
        routeTableId: routes.id,
        subnetId: subnet.id,
      });
    });
    const count = this.props.redundancy === 'per-zone' ? publicSubnets.length : 1;
    return publicSubnets.slice(0, count).map((subnet, index) => {
      const address = new Eip(this, `nat-address-${this.zoneLetter(index)}`, { domain: 'vpc' });
      return new NatGateway(this, `nat-${this.zoneLetter(index)}`, {
        allocationId: address.allocationId,
        subnetId: subnet.id,
        dependsOn: [internet],
      });
    });
  }

  private createPrivateRoutes(subnet: Subnet, index: number, nat: NatGateway): string {
    const letter = this.zoneLetter(index);
    const routes = new RouteTable(this, `private-routes-of-${letter}`, {
      vpcId: this.id,
      route: [{ cidrBlock: WORLD, natGatewayId: nat.id }],
    });
    new RouteTableAssociation(this, `private-routes-${letter}`, {
      routeTableId: routes.id,
      subnetId: subnet.id,
    });
    return routes.id;
  }
}
