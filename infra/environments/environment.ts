import { z } from 'zod';
import { parseCidr } from '../network/cidr';
import { MAX_ZONES } from '../network/subnet-plan';

const count = (min: number, max: number, unit = '') =>
  z
    .int(`must be a whole number from ${min} to ${max}${unit}`)
    .min(min, `must be from ${min} to ${max}${unit}`)
    .max(max, `must be from ${min} to ${max}${unit}`);

const text = (pattern: RegExp, rule: string) => z.string(rule).regex(pattern, rule);

const cidr = z
  .string('must be an IPv4 block such as 10.0.0.0/16')
  .refine((value) => parseCidr(value) !== undefined, {
    error:
      'must be an IPv4 block such as 10.0.0.0/16, with no bit set behind the prefix (10.0.0.0/8, not 10.1.0.0/8)',
  });

const kubernetesVersion = text(
  /^1\.\d{2}\.\d{1,2}$/,
  'must be a full version such as 1.36.3, so that every node installs the same',
);

/** EBS: gp3 volumes of 1 GiB to 16 TiB; more than 1 TiB on a node is a slip of the finger. */
const diskGb = count(1, 1024, ' GiB');

const instanceType = text(
  /^[a-z]+\d[a-z]*\.(?:\d*x?large|medium)$/,
  'must be an EC2 type of at least 2 CPUs and 4 GiB, such as t3.medium (kubeadm refuses less)',
);

/**
 * Everything that may differ between two clusters. All fields are written out in every
 * environment, so that a reader of `dev.ts` need not know defaults. No field may hold a secret:
 * the values end in synthesized JSON.
 */
export const environmentSchema = z.strictObject({
  /** Part of every name in AWS. */
  name: text(/^[a-z][a-z0-9]{1,9}$/, 'must be 2 to 10 lower-case letters and digits'),
  /** The one account this may be applied to; Terraform refuses any other. */
  accountId: text(/^\d{12}$/, 'must be the 12 digits of an AWS account'),
  region: text(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be an AWS region such as eu-central-1'),
  /** Tags of every resource. */
  owner: text(/^\S.{1,62}$/, 'must name a person or team'),
  costCentre: text(/^\S.{1,62}$/, 'must name who pays'),
  network: z.strictObject({
    vpcCidr: cidr,
    /** Letters of the region's zones. Only ever add at the end. */
    zones: z
      .array(text(/^[a-f]$/, 'must be a letter from a to f'))
      .min(1, 'must name at least one zone')
      .max(MAX_ZONES, `must name at most ${MAX_ZONES} zones`),
    /** NAT gateways and interface endpoints: one (cheap) or one per zone (survives a zone). */
    redundancy: z.enum(['one-zone', 'per-zone'], 'must be one-zone or per-zone'),
    flowLogRetentionDays: count(365, 3653, ' days'),
    /** From where people reach the API server: a VPN or office range, never the world. */
    adminCidrs: z.array(cidr).min(1, 'must name at least one block'),
    nodePort: count(30_000, 32_767),
    /** From where the marketplace's NodePort is reached. */
    nodePortCidrs: z.array(cidr),
  }),
  kubernetes: z.strictObject({
    /** Of the control planes. */
    version: kubernetesVersion,
    podCidr: cidr,
    serviceCidr: cidr,
    /** How Calico carries pods' packets between nodes. */
    calico: z.enum(
      ['vxlan', 'ipip'],
      'must be vxlan or ipip (plain routing would need every port open between nodes)',
    ),
    wireguard: z.boolean('must be true or false'),
    podsPerNode: count(10, 250),
  }),
  machines: z.strictObject({
    image: z.enum(['ubuntu-24.04', 'debian-12'], 'must be ubuntu-24.04 or debian-12'),
    architecture: z.enum(['amd64', 'arm64'], 'must be amd64 or arm64'),
    /** What the image cache may hold before old images go. */
    imageCacheGb: diskGb,
  }),
  controlPlane: z.strictObject({
    count: count(1, 7),
    instanceType,
    rootGb: diskGb,
    etcdGb: diskGb,
  }),
  workers: z.strictObject({
    kubernetesVersion,
    instanceType,
    min: count(1, 50),
    desired: count(1, 50),
    max: count(1, 50),
    /** Spot instances: cheaper, taken away at two minutes' notice. */
    spot: z.boolean('must be true or false'),
    rootGb: diskGb,
  }),
  runner: z.strictObject({
    instanceType,
    rootGb: diskGb,
    /** 0 switches deployments from inside the VPC off. */
    count: count(0, 4),
  }),
  /** Who is told of an alarm. */
  alarmEmail: z.email('must be an e-mail address'),
  /** How long etcd snapshots are kept. */
  backupRetentionDays: count(1, 365, ' days'),
  /** Whether destroying the cluster stops at the bucket while it holds snapshots. */
  backupsSurviveDestroy: z.boolean('must be true or false'),
});

/** One cluster, checked by {@link environmentSchema} and the rules between fields. */
export type Environment = z.output<typeof environmentSchema>;
