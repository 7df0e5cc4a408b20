import fc from 'fast-check';
import { compareUtf8 } from './compare-utf8';

const wellFormed = fc.string({ unit: 'binary', maxLength: 8 });

test('orders like the bytes of UTF-8, for any two texts', () => {
  fc.assert(
    fc.property(wellFormed, wellFormed, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['𝒳', 'ﬀ', 1],
  ['B', 'a', -1],
  ['a', 'a', 0],
  ['a', 'aa', -1],
  ['\ue000', '\ud7ff', 1],
])('compares %j with %j as %i', (a, b, sign) => {
  expect(Math.sign(compareUtf8(a, b))).toBe(sign);
});
