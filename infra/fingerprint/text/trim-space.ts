const SPACES = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const SPACES_AROUND = new RegExp(`^${SPACES}|${SPACES}$`, 'g');

/**
 * Trims as Go's `strings.TrimSpace`: the characters with the Unicode property White_Space.
 * JavaScript's `trim` differs in two: it leaves U+0085 and strips U+FEFF.
 * @see https://pkg.go.dev/strings#TrimSpace
 */
export function trimSpace(text: string): string {
  const isPlain =
    isVisibleAscii(text.charCodeAt(0)) && isVisibleAscii(text.charCodeAt(text.length - 1));
  return isPlain ? text : text.replace(SPACES_AROUND, '');
}

function isVisibleAscii(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}
