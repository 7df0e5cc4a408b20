import fc from 'fast-check';
import { createBitset, intersectBitsets } from './bitset';

const SIZE = 200;
const members = fc.uniqueArray(fc.integer({ min: 0, max: SIZE - 1 }), { maxLength: SIZE });

test('the intersection is what all sets have, ascending', () => {
  fc.assert(
    fc.property(fc.array(members, { minLength: 1, maxLength: 5 }), (lists) => {
      const sets = lists.map((list) => createBitset(SIZE, list));
      const common = Array.from({ length: SIZE }, (_, member) => member).filter((member) =>
        lists.every((list) => list.includes(member)),
      );
      expect([...intersectBitsets(sets)]).toEqual(common);
    }),
  );
});

test('the first, the last and the sign bit of a word are members like any other', () => {
  const edges = [0, 31, 32, 63, SIZE - 1];
  expect([...intersectBitsets([createBitset(SIZE, edges)])]).toEqual(edges);
});

test('no sets and no members give nothing', () => {
  expect([...intersectBitsets([])]).toEqual([]);
  expect([...intersectBitsets([createBitset(0, [])])]).toEqual([]);
});
