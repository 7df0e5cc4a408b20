import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Fn, TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';

export interface NodeTemplateProps {
  readonly name: string;
  readonly imageId: string;
  /** Device name of the image's root volume. */
  readonly rootDevice: string;
  readonly rootGb: number;
  readonly keyArn: string;
  readonly instanceType: string;
  readonly profileName: string;
  readonly securityGroupId: string;
  /** Plain text; it is compressed on its way. Never a secret: everyone on the machine can read it. */
  readonly userData: string;
  readonly spot: boolean;
  /** Tags of instances and volumes; the provider's default tags do not reach them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Instance metadata by session tokens only. Some images raise the hop limit to 2, with which every
 * pod could ask for its node's role.
 */
const IMDSV2 = {
  httpEndpoint: 'enabled',
  httpTokens: 'required',
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: 'disabled',
} as const;

/** Keeps Terraform from reading shell variables as its own templates. */
function escapeTemplates(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
}

/** How a machine starts: no key pair, no public address, IMDSv2 only, encrypted disk, Session Manager. */
export class NodeTemplate extends Construct {
  readonly templateId: string;
  readonly latestVersion: string;

  constructor(scope: Construct, id: string, props: NodeTemplateProps) {
    super(scope, id);
    const userData = new TerraformLocal(this, 'user-data', escapeTemplates(props.userData));
    const tags = { Name: props.name, ...props.tags };
    const template = new LaunchTemplate(this, 'template', {
      name: props.name,
      description: `Machines of ${props.name}`,
      imageId: props.imageId,
      instanceType: props.instanceType,
      iamInstanceProfile: { name: props.profileName },
      userData: Fn.base64gzip(userData.expression),
      ebsOptimized: 'true',
      monitoring: { enabled: true },
      metadataOptions: IMDSV2,
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: 'false',
          deleteOnTermination: 'true',
          securityGroups: [props.securityGroupId],
        },
      ],
      blockDeviceMappings: [rootVolume(props)],
      ...(props.spot && { instanceMarketOptions: { marketType: 'spot' } }),
      tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
    });
    this.templateId = template.id;
    this.latestVersion = Fn.tostring(template.latestVersion);
  }
}

function rootVolume({ rootDevice, rootGb, keyArn }: NodeTemplateProps) {
  return {
    deviceName: rootDevice,
    ebs: {
      volumeType: 'gp3',
      volumeSize: rootGb,
      encrypted: 'true',
      kmsKeyId: keyArn,
      deleteOnTermination: 'true',
    },
  };
}
