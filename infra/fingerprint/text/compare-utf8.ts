const SURROGATES_START = 0xd800;
const SURROGATES_END = 0xe000;

/**
 * Orders two well-formed strings by their UTF-8 bytes, as Go's `sort.Strings` and `encoding/json` do.
 *
 * JavaScript's own order compares UTF-16 units, which puts `𝒳` (a surrogate pair) before `ﬀ`
 * (U+FB00); in UTF-8 it is the other way round. Returns a negative number, 0 or a positive number.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return byCodePoint(unitA) - byCodePoint(unitB);
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of the basic plane, where the code points they stand for are. */
function byCodePoint(unit: number): number {
  if (unit < SURROGATES_START) return unit;
  return unit < SURROGATES_END ? unit + 0x2000 : unit - 0x800;
}
