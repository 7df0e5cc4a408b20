import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { Construct } from 'constructs';
import type { NodeTemplate } from './node-template';

export interface MachineGroupProps {
  readonly name: string;
  readonly min: number;
  readonly desired: number;
  readonly max: number;
  readonly subnetIds: readonly string[];
  readonly template: NodeTemplate;
  readonly serviceLinkedRoleArn: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Seconds a machine has to drain before it is taken away. Absent: none. */
  readonly drainSeconds?: number;
}

/** How long a machine may take to install, join and become Ready. */
const START_SECONDS = 600;

/** Machines that come and go: workers, and the runner. */
export class MachineGroup extends Construct {
  constructor(scope: Construct, id: string, props: MachineGroupProps) {
    super(scope, id);
    new AutoscalingGroup(this, 'group', {
      name: props.name,
      minSize: props.min,
      desiredCapacity: props.desired,
      maxSize: props.max,
      vpcZoneIdentifier: [...props.subnetIds],
      launchTemplate: { id: props.template.templateId, version: props.template.latestVersion },
      serviceLinkedRoleArn: props.serviceLinkedRoleArn,
      healthCheckType: 'EC2',
      healthCheckGracePeriod: START_SECONDS,
      // A spot machine at risk is replaced before it is taken.
      capacityRebalance: true,
      // Joining takes minutes, and validate-cluster is what waits for it.
      waitForCapacityTimeout: '0',
      initialLifecycleHook: drainHooks(props.drainSeconds),
      tag: Object.entries({ Name: props.name, ...props.tags }).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
      // From the first day on the cluster autoscaler decides.
      lifecycle: { ignoreChanges: ['desired_capacity'] },
    });
  }
}

function drainHooks(drainSeconds: number | undefined) {
  if (!drainSeconds) return [];
  return [
    {
      name: 'drain',
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeatTimeout: drainSeconds,
      defaultResult: 'CONTINUE',
    },
  ];
}
