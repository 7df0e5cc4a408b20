import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { Alarms } from '../cluster/alarms';
import { ApiLoadBalancer } from '../cluster/api-load-balancer';
import { ClusterKey } from '../cluster/cluster-key';
import { firewallRules } from '../cluster/firewall';
import { Machines } from '../cluster/machines';
import { workerGroupName } from '../cluster/node-permissions';
import { SecurityGroups } from '../cluster/security-groups';
import { namesOf } from '../environments/names';
import { AccessLogBucket } from '../storage/access-log-bucket';
import { PrivateBucket } from '../storage/private-bucket';
import { DriftlessStack, type DriftlessStackProps, tagsOf } from './driftless-stack';
import type { NetworkOutputs } from './network';

export interface ClusterStackProps extends DriftlessStackProps {
  readonly network: NetworkOutputs;
}

/** How long an overwritten or deleted snapshot can still be fetched. */
const OLD_BACKUP_DAYS = 7;

/** The machines of the cluster and all that decides who reaches them. */
export class ClusterStack extends DriftlessStack {
  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, props);
    const { environment } = this;
    const names = namesOf(environment);
    const { vpcId, privateSubnetIds: subnetIds } = props.network;
    const key = new ClusterKey(this, 'key', environment);
    const securityGroups = new SecurityGroups(this, 'security-groups', {
      name: names.cluster,
      vpcId,
      rules: firewallRules(environment),
    });
    const tags = tagsOf(environment);
    const machines = new Machines(this, 'machines', {
      environment,
      key,
      securityGroups,
      subnetIds,
      tags,
    });
    new ApiLoadBalancer(this, 'api', {
      name: names.cluster,
      vpcId,
      subnetIds,
      securityGroupId: securityGroups.idOf('load-balancer'),
      instanceIds: machines.controlPlaneIds,
      zone: names.zone,
      host: names.apiHost,
    });
    this.keepBackups(key.arn);
    new Alarms(this, 'alarms', {
      name: names.cluster,
      metricNamespace: names.metricNamespace,
      keyArn: key.arn,
      email: environment.alarmEmail,
      controlPlaneIds: machines.controlPlaneIds,
      workerGroup: workerGroupName(environment),
    });
    new TerraformOutput(this, 'api_host', { value: names.apiHost });
    new TerraformOutput(this, 'control_plane_instance_ids', { value: machines.controlPlaneIds });
    new TerraformOutput(this, 'worker_group', { value: workerGroupName(environment) });
    new TerraformOutput(this, 'backup_bucket', { value: names.backupBucket });
  }

  private keepBackups(keyArn: string): void {
    const { accountId, backupRetentionDays, backupsSurviveDestroy } = this.environment;
    const { backupBucket, backupLogBucket } = namesOf(this.environment);
    const accessLog = new AccessLogBucket(this, 'backup-log', {
      name: backupLogBucket,
      sourceBucket: backupBucket,
      accountId,
      destroy: 'with-content',
    });
    new PrivateBucket(this, 'backups', {
      name: backupBucket,
      keyArn,
      accessLog,
      expirationDays: backupRetentionDays,
      oldVersionDays: OLD_BACKUP_DAYS,
      destroy: backupsSurviveDestroy ? 'when-empty' : 'with-content',
    });
  }
}
