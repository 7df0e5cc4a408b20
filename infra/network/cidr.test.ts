import fc from 'fast-check';
import { type Cidr, formatCidr, overlaps, parseCidr, subnetOf } from './cidr';
import { MAX_ZONES, planSubnets, VPC_PREFIXES } from './subnet-plan';

const anyBlock = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]): Cidr => {
    const size = 2 ** (32 - prefix);
    return { first: Math.floor(address / size) * size, size, prefix };
  });

const parsed = (text: string): Cidr => {
  const block = parseCidr(text);
  if (!block) throw new Error(`${text} is no block`);
  return block;
};

test('a block survives being written and read', () => {
  fc.assert(fc.property(anyBlock, (block) => expect(parseCidr(formatCidr(block))).toEqual(block)));
});

test.each([
  '10.0.0.1/16',
  '10.0.0.0/33',
  '256.0.0.0/8',
  '10.0.0/8',
  '10.0.0.0',
  '',
  ' 10.0.0.0/8',
  '10.0.0.0/8\n',
  '::/0',
])('%j is refused', (text) => expect(parseCidr(text)).toBeUndefined());

test('blocks overlap exactly when one holds the first address of the other', () => {
  const holds = (outer: Cidr, address: number) =>
    address >= outer.first && address < outer.first + outer.size;
  fc.assert(
    fc.property(anyBlock, anyBlock, (left, right) =>
      expect(overlaps(left, right)).toBe(holds(left, right.first) || holds(right, left.first)),
    ),
  );
});

test('a subnet outside its block is refused with the count there is', () => {
  expect(() => subnetOf(parsed('10.0.0.0/16'), 18, 4)).toThrow('has 4 blocks of /18');
  expect(() => subnetOf(parsed('10.0.0.0/16'), 18, -1)).toThrow('no number -1');
});

test('the subnets of every plan lie in the VPC, are disjoint and large enough for AWS', () => {
  const anyVpc = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer(VPC_PREFIXES))
    .map(([second, prefix]) => `10.${second}.0.0/${prefix}`);
  fc.assert(
    fc.property(anyVpc, fc.integer({ min: 1, max: MAX_ZONES }), (vpc, count) => {
      const zones = Array.from({ length: count }, (_, index) => `zone${index}`);
      const blocks = planSubnets(vpc, zones)
        .flatMap(({ publicCidr, privateCidr }) => [publicCidr, privateCidr])
        .map(parsed);
      for (const [index, block] of blocks.entries()) {
        expect(block.prefix).toBeLessThanOrEqual(28);
        expect(block.prefix).toBeGreaterThanOrEqual(16);
        expect(overlaps(block, parsed(vpc))).toBe(true);
        expect(blocks.slice(index + 1).some((other) => overlaps(block, other))).toBe(false);
      }
    }),
  );
});

test('a zone added at the end moves nothing', () => {
  const three = planSubnets('10.40.0.0/16', ['a', 'b', 'c']);
  expect(planSubnets('10.40.0.0/16', ['a', 'b'])).toEqual(three.slice(0, 2));
});
