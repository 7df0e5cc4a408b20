const BITS_PER_WORD = 32;

/** The set of `members`, integers from 0 to `size` - 1, at one bit per possible member. */
export function createBitset(size: number, members: Iterable<number>): Uint32Array {
  const words = new Uint32Array(Math.ceil(size / BITS_PER_WORD));
  for (const member of members) {
    const at = Math.floor(member / BITS_PER_WORD);
    words[at] = (words[at] as number) | (1 << (member % BITS_PER_WORD));
  }
  return words;
}

/** The bits that all of `sets` have in the word at `at`. */
function intersectWord(sets: readonly Uint32Array[], at: number): number {
  let word = -1;
  for (let set = 0; word !== 0 && set < sets.length; set += 1) {
    word &= (sets[set] as Uint32Array)[at] as number;
  }
  return word;
}

/** The first word at or after `from` in which all of `sets` have a common bit, or `length`. */
function findCommonWord(sets: readonly Uint32Array[], from: number, length: number): number {
  // Most words end here, so two sets are compared without a loop over the sets.
  const first = sets[0] as Uint32Array;
  const second = sets[1] ?? first;
  let at = from;
  while (
    at < length &&
    (((first[at] as number) & (second[at] as number)) === 0 || intersectWord(sets, at) === 0)
  ) {
    at += 1;
  }
  return at;
}

/**
 * The members that all of `sets` have, ascending; none when there are no sets. The sets must
 * have one size. Fastest with the smallest set first.
 */
export function* intersectBitsets(sets: readonly Uint32Array[]): Generator<number, void> {
  const length = sets[0]?.length ?? 0;
  let at = findCommonWord(sets, 0, length);
  for (; at < length; at = findCommonWord(sets, at + 1, length)) {
    // `word & -word` is the lowest bit, `word & (word - 1)` the word without it.
    for (let word = intersectWord(sets, at); word !== 0; word &= word - 1) {
      yield at * BITS_PER_WORD + BITS_PER_WORD - 1 - Math.clz32(word & -word);
    }
  }
}
