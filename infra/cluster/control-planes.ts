import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { VolumeAttachment } from '@cdktf/provider-aws/lib/volume-attachment';
import { Construct } from 'constructs';
import type { NodeTemplate } from './node-template';

export interface ControlPlanesProps {
  readonly name: string;
  readonly count: number;
  readonly etcdGb: number;
  readonly keyArn: string;
  readonly template: NodeTemplate;
  /** Zones and their private subnets, in the same order; control planes go round them. */
  readonly zones: readonly string[];
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** On EC2's own machines (Nitro) the kernel names disks itself; AWS still wants a name. */
const ETCD_DEVICE = '/dev/sdf';

/** The control planes: single instances, each with an etcd volume that outlives it. */
export class ControlPlanes extends Construct {
  readonly instanceIds: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ControlPlanesProps,
  ) {
    super(scope, id);
    this.instanceIds = Array.from({ length: props.count }, (_, index) => this.create(index));
  }

  private create(index: number): string {
    const { name, zones, subnetIds, template, etcdGb, keyArn } = this.props;
    const tags = { ...this.props.tags, Name: `${name}-${index}` };
    const place = index % zones.length;
    const volume = new EbsVolume(this, `etcd-${index}`, {
      availabilityZone: zones[place] as string,
      type: 'gp3',
      size: etcdGb,
      encrypted: true,
      kmsKeyId: keyArn,
      tags: { ...tags, Name: `${name}-${index}-etcd` },
    });
    const instance = new Instance(this, `instance-${index}`, {
      launchTemplate: { id: template.templateId, version: template.latestVersion },
      subnetId: subnetIds[place] as string,
      // Calico encapsulates, so no packet leaves with an address that is not the node's.
      sourceDestCheck: true,
      tags,
      lifecycle: {
        // A new image or script must not replace all etcd members in one apply: pnpm upgrade does it one by one.
        ignoreChanges: ['launch_template', 'ami', 'user_data', 'user_data_base64', 'instance_type'],
      },
    });
    new VolumeAttachment(this, `etcd-attachment-${index}`, {
      deviceName: ETCD_DEVICE,
      instanceId: instance.id,
      volumeId: volume.id,
      // Replacing a member: a clean stop, then the volume moves to the next instance.
      stopInstanceBeforeDetaching: true,
    });
    return instance.id;
  }
}
