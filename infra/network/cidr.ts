/** An IPv4 block as numbers: the first address and the count of addresses. */
export interface Cidr {
  readonly first: number;
  readonly size: number;
  readonly prefix: number;
}

const IPV4_BITS = 32;
const PATTERN = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * Reads `10.0.0.0/16`.
 *
 * @returns undefined when the text is no IPv4 block or has bits set behind the prefix
 */
export function parseCidr(text: string): Cidr | undefined {
  const numbers = PATTERN.exec(text)?.slice(1).map(Number);
  if (!numbers) return undefined;
  const octets = numbers.slice(0, 4);
  const prefix = numbers[4] as number;
  if (prefix > IPV4_BITS || octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduce((address, octet) => address * 256 + octet, 0);
  const size = 2 ** (IPV4_BITS - prefix);
  return first % size === 0 ? { first, size, prefix } : undefined;
}

/** The block as text, `10.0.0.0/16`. */
export function formatCidr({ first, prefix }: Cidr): string {
  return `${formatAddress(first)}/${prefix}`;
}

/** An address as text, `10.0.0.1`. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** Whether the two blocks share an address. */
export function overlaps(left: Cidr, right: Cidr): boolean {
  return left.first < right.first + right.size && right.first < left.first + left.size;
}

/**
 * The block number `index` among the blocks of `prefix` bits inside `block`.
 *
 * @throws {RangeError} when there is no such block
 */
export function subnetOf(block: Cidr, prefix: number, index: number): Cidr {
  const size = 2 ** (IPV4_BITS - prefix);
  const count = block.size / size;
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(
      `${formatCidr(block)} has ${Math.floor(count)} blocks of /${prefix}, so there is no number ${index}`,
    );
  }
  return { first: block.first + index * size, size, prefix };
}
