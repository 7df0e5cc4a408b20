import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';

export interface MachineImageProps {
  readonly image: Environment['machines']['image'];
  readonly architecture: Environment['machines']['architecture'];
}

interface Publisher {
  /** AWS account of the publisher: an image of the right name from anyone else is a trap. */
  readonly owner: string;
  readonly name: (architecture: string) => string;
  readonly rootDevice: string;
}

/** Sources: Ubuntu on AWS ("Find Ubuntu images"), Debian wiki (Cloud/AmazonEC2Image/Bookworm). */
const PUBLISHERS: Readonly<Record<MachineImageProps['image'], Publisher>> = {
  'ubuntu-24.04': {
    owner: '099720109477',
    name: (architecture) => `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-${architecture}-server-*`,
    rootDevice: '/dev/sda1',
  },
  'debian-12': {
    owner: '136693071363',
    name: (architecture) => `debian-12-${architecture}-*`,
    rootDevice: '/dev/xvda',
  },
};

/** EC2's own names of the architectures. */
const EC2_ARCHITECTURES = { amd64: 'x86_64', arm64: 'arm64' } as const;

/** The newest image of the publisher. A newer one is used by new machines only. */
export class MachineImage extends Construct {
  readonly imageId: string;
  readonly rootDevice: string;

  constructor(scope: Construct, id: string, { image, architecture }: MachineImageProps) {
    super(scope, id);
    const { owner, name, rootDevice } = PUBLISHERS[image];
    const ami = new DataAwsAmi(this, 'ami', {
      owners: [owner],
      mostRecent: true,
      filter: [
        { name: 'name', values: [name(architecture)] },
        { name: 'architecture', values: [EC2_ARCHITECTURES[architecture]] },
        { name: 'virtualization-type', values: ['hvm'] },
      ],
    });
    this.imageId = ami.imageId;
    this.rootDevice = rootDevice;
  }
}
