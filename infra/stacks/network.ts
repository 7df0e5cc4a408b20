import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { namesOf } from '../environments/names';
import { Endpoints } from '../network/endpoints';
import { FlowLogs, flowLogGroupName } from '../network/flow-logs';
import { NetworkAcls } from '../network/network-acls';
import { planSubnets } from '../network/subnet-plan';
import { ClusterVpc } from '../network/vpc';
import { EncryptionKey, logsGrant } from '../storage/encryption-key';
import { DriftlessStack, type DriftlessStackProps } from './driftless-stack';

/** What other stacks may know of the network. */
export interface NetworkOutputs {
  readonly vpcId: string;
  /** One per zone, in the order of `network.zones`. */
  readonly privateSubnetIds: readonly string[];
}

/** The VPC and everything in it that is no machine. */
export class NetworkStack extends DriftlessStack {
  readonly outputs: NetworkOutputs;

  constructor(scope: Construct, id: string, props: DriftlessStackProps) {
    super(scope, id, props);
    const { region, accountId, network } = this.environment;
    const { cluster: name, networkKeyAlias } = namesOf(this.environment);
    const vpcCidr = network.vpcCidr;
    const zones = network.zones.map((letter) => `${region}${letter}`);
    const { redundancy } = network;
    const subnets = planSubnets(vpcCidr, zones);
    const vpc = new ClusterVpc(this, 'vpc', { name, cidr: vpcCidr, subnets, redundancy });
    const { id: vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds } = vpc;
    new Endpoints(this, 'endpoints', {
      name,
      region,
      vpcId,
      vpcCidr,
      subnetIds: redundancy === 'per-zone' ? privateSubnetIds : privateSubnetIds.slice(0, 1),
      routeTableIds: privateRouteTableIds,
    });
    const key = new EncryptionKey(this, 'key', {
      alias: networkKeyAlias,
      description: `Flow logs of ${name}`,
      accountId,
      grants: [logsGrant(region, accountId, flowLogGroupName(name))],
    });
    new FlowLogs(this, 'flow-logs', {
      name,
      accountId,
      vpcId,
      keyArn: key.arn,
      retentionDays: network.flowLogRetentionDays,
    });
    new NetworkAcls(this, 'acls', {
      ...network,
      name,
      vpcId,
      publicSubnetIds,
      privateSubnetIds,
    });
    this.outputs = { vpcId, privateSubnetIds };
    new TerraformOutput(this, 'vpc_id', { value: vpcId });
    new TerraformOutput(this, 'private_subnet_ids', { value: privateSubnetIds });
  }
}
