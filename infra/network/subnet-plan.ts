import { formatCidr, parseCidr, subnetOf } from './cidr';

/** The two subnets of one availability zone. */
export interface ZoneSubnets {
  /** For example `eu-central-1a`. */
  readonly zone: string;
  readonly publicCidr: string;
  readonly privateCidr: string;
}

/** A VPC is cut into this many private blocks: six zones at most, two blocks kept for the public subnets. */
const PRIVATE_BITS = 3;
/** Public subnets hold NAT gateways only; 1/64 of a /16 is a /22, of a /20 a /26. */
const PUBLIC_BITS = 6;
/** The public blocks start where the seventh private block would. */
const FIRST_PUBLIC = 6 * 2 ** (PUBLIC_BITS - PRIVATE_BITS);

/** Most zones a plan has room for. */
export const MAX_ZONES = 6;
/** Largest and smallest VPC: AWS allows /16 to /28, and below /20 the public subnets would be under AWS's /28. */
export const VPC_PREFIXES = { min: 16, max: 20 } as const;

/**
 * Cuts a VPC into one public and one private subnet per zone.
 * A zone added at the end of the list does not move the others.
 */
export function planSubnets(vpcCidr: string, zones: readonly string[]): readonly ZoneSubnets[] {
  const vpc = parseCidr(vpcCidr);
  if (!vpc)
    throw new RangeError(`vpcCidr must be an IPv4 block such as 10.0.0.0/16, got ${vpcCidr}`);
  return zones.map((zone, index) => ({
    zone,
    privateCidr: formatCidr(subnetOf(vpc, vpc.prefix + PRIVATE_BITS, index)),
    publicCidr: formatCidr(subnetOf(vpc, vpc.prefix + PUBLIC_BITS, FIRST_PUBLIC + index)),
  }));
}
