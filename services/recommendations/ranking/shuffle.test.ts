import fc from 'fast-check';
import { createSeed, mix32, shuffle } from './shuffle';

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const size = fc.integer({ min: 0, max: 300 });

test('every number is drawn once and only once', () => {
  fc.assert(
    fc.property(size, uint32, (length, seed) => {
      const drawn = [...shuffle(length, seed)];
      expect(drawn.sort((left, right) => left - right)).toEqual([...Array(length).keys()]);
    }),
  );
});

test('the same seed draws the same order', () => {
  fc.assert(
    fc.property(size, uint32, (length, seed) => {
      expect([...shuffle(length, seed)]).toEqual([...shuffle(length, seed)]);
    }),
  );
});

// 99.99 % of fair shuffles stay below: chi-square quantile after Wilson and Hilferty.
function chiSquareBound(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.719 * Math.sqrt(spread)) ** 3;
}

test.each([2, 3, 7, 40])('of %d numbers each is drawn at each place equally often', (length) => {
  const shuffles = 20_000;
  const counts = Array.from({ length: length * length }, () => 0);
  for (let reader = 0; reader < shuffles; reader += 1) {
    let place = 0;
    for (const number of shuffle(length, createSeed('2026-01-31', reader))) {
      counts[place * length + number] = (counts[place * length + number] ?? 0) + 1;
      place += 1;
    }
  }
  const expected = shuffles / length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(chiSquare).toBeLessThan(chiSquareBound((length - 1) ** 2));
});

test('drawing a few of very many costs no array of all', () => {
  const draws = shuffle(2 ** 31, 1);
  const first = Array.from({ length: 100 }, () => draws.next().value);
  expect(new Set(first).size).toBe(100);
});

test('mix32 answers an uint32 and flips about half of the bits when one bit flips', () => {
  fc.assert(
    fc.property(uint32, (value) => {
      expect(mix32(value)).toBe(mix32(value) >>> 0);
    }),
  );
  let flipped = 0;
  for (let value = 0; value < 1_000; value += 1) {
    for (let bit = 0; bit < 32; bit += 1) {
      const difference = (mix32(value) ^ mix32(value ^ (1 << bit))) >>> 0;
      flipped += difference.toString(2).replaceAll('0', '').length;
    }
  }
  expect(flipped / 32_000).toBeGreaterThan(15.5);
  expect(flipped / 32_000).toBeLessThan(16.5);
});

test('text, numbers and their order all make the seed', () => {
  const seeds = [
    createSeed('2026-01-31', 1, 2),
    createSeed('2026-01-31', 2, 1),
    createSeed('2026-02-01', 1, 2),
    createSeed('2026-01-31', 1),
    createSeed('2026-01-13', 1, 2),
    createSeed('2026-01-31', 1, -2),
  ];
  expect(new Set(seeds).size).toBe(seeds.length);
});
