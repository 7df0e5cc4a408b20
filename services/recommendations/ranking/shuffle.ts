/** 2^32 divided by the golden ratio, odd: steps through all 32-bit numbers, evenly spread. */
const GOLDEN_STEP = 0x9e3779b9;

/**
 * A bijection of 32-bit numbers in which every input bit changes every output bit about half
 * of the time: "lowbias32" of https://nullprogram.com/blog/2018/07/31/. Answers an uint32.
 */
export function mix32(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The uint32 that stands for `numbers` and `text` together; different order, different seed. */
export function createSeed(text: string, ...numbers: readonly number[]): number {
  let seed = mix32(text.length);
  for (let at = 0; at < text.length; at += 1) seed = mix32(seed ^ text.charCodeAt(at));
  for (const number of numbers) seed = mix32(seed ^ number);
  return seed;
}

/**
 * The numbers 0 … `size` - 1 in an order that `seed` decides, each once. Drawing the first n
 * costs O(n) whatever the size: a Fisher-Yates shuffle that remembers only what it moved.
 */
export function* shuffle(size: number, seed: number): Generator<number, void> {
  const moved = new Map<number, number>();
  for (let drawn = 0; drawn < size; drawn += 1) {
    const random = mix32(seed + Math.imul(drawn, GOLDEN_STEP)) / 2 ** 32;
    const chosen = drawn + Math.floor(random * (size - drawn));
    yield moved.get(chosen) ?? chosen;
    moved.set(chosen, moved.get(drawn) ?? drawn);
    moved.delete(drawn);
  }
}
