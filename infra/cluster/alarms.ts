import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { BACKUP_MAX_AGE_MINUTES, CERTIFICATE_MIN_DAYS, DISK_MAX_PERCENT } from '../nodes/limits';

export interface AlarmsProps {
  readonly name: string;
  /** Of the nodes' own metrics. */
  readonly metricNamespace: string;
  readonly keyArn: string;
  readonly email: string;
  readonly controlPlaneIds: readonly string[];
  readonly workerGroup: string;
}

type Alarm = Omit<
  CloudwatchMetricAlarmConfig,
  'alarmName' | 'evaluationPeriods' | 'alarmActions' | 'okActions'
>;

const PERIOD_SECONDS = 300;
/** Two periods: one missed report is no alarm. */
const PERIODS = 2;

/** Tells a person about a full disk, a broken machine, an old backup or an ending certificate. */
export class Alarms extends Construct {
  private readonly topicArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
    const topic = new SnsTopic(this, 'topic', {
      name: `${props.name}-alarms`,
      kmsMasterKeyId: props.keyArn,
    });
    new SnsTopicSubscription(this, 'email', {
      topicArn: topic.arn,
      protocol: 'email',
      endpoint: props.email,
    });
    this.topicArn = topic.arn;
    this.watchNodes();
    this.watchMachines();
  }

  private alarm(id: string, alarm: Alarm): void {
    new CloudwatchMetricAlarm(this, id, {
      period: PERIOD_SECONDS,
      ...alarm,
      alarmName: `${this.props.name}-${id}`,
      evaluationPeriods: PERIODS,
      alarmActions: [this.topicArn],
      okActions: [this.topicArn],
    });
  }

  /** What the node scripts report about themselves. */
  private watchNodes(): void {
    const namespace = this.props.metricNamespace;
    for (const Role of ['control-plane', 'worker']) {
      this.alarm(`disk-${Role}`, {
        alarmDescription: `A disk of a ${Role} is at least ${DISK_MAX_PERCENT} % full: see docs/operating`,
        namespace,
        metricName: 'DiskUsedPercent',
        dimensions: { Role },
        statistic: 'Maximum',
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        threshold: DISK_MAX_PERCENT,
        treatMissingData: 'breaching',
      });
    }
    this.alarm('etcd-backup-age', {
      alarmDescription: `The newest etcd snapshot is older than ${BACKUP_MAX_AGE_MINUTES} minutes`,
      namespace,
      metricName: 'EtcdBackupAgeMinutes',
      // The youngest of all control planes' snapshots is the cluster's.
      statistic: 'Minimum',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: BACKUP_MAX_AGE_MINUTES,
      treatMissingData: 'breaching',
    });
    this.alarm('certificate-days', {
      alarmDescription: `A certificate ends in less than ${CERTIFICATE_MIN_DAYS} days`,
      namespace,
      metricName: 'CertificateDaysLeft',
      statistic: 'Minimum',
      comparisonOperator: 'LessThanThreshold',
      threshold: CERTIFICATE_MIN_DAYS,
      treatMissingData: 'missing',
    });
  }

  /** EC2's own checks of hardware and system. */
  private watchMachines(): void {
    const check = {
      namespace: 'AWS/EC2',
      metricName: 'StatusCheckFailed',
      statistic: 'Maximum',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      treatMissingData: 'breaching',
    };
    this.props.controlPlaneIds.forEach((InstanceId, index) => {
      this.alarm(`status-control-plane-${index}`, {
        ...check,
        alarmDescription: `Control plane ${index} fails EC2's checks`,
        dimensions: { InstanceId },
      });
    });
    this.alarm('status-worker', {
      ...check,
      alarmDescription: "A worker fails EC2's checks",
      dimensions: { AutoScalingGroupName: this.props.workerGroup },
    });
  }
}
