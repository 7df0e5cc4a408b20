import { refuse } from '../refusal';

const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;
const ESCAPED_BY_GO = /[&<>\u2028\u2029]/g;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A string as a JSON string literal, byte for byte as Go's `encoding/json` (≥ 1.22) writes it:
 * `& < >` and U+2028/U+2029 become `\u0026 \u003c \u003e \u2028 \u2029`, control characters have
 * the short forms `\b \f \n \r \t` or `\u00xx`, everything else stays.
 *
 * @param path where the string stands, for the refusal.
 * @throws Refusal `ill-formed-text` for a lone surrogate, which has no UTF-8 form;
 *   `wrong-type` for anything but a string.
 * @see https://pkg.go.dev/encoding/json#Marshal
 */
export function goString(text: unknown, path: string): string {
  if (typeof text !== 'string') {
    return refuse('wrong-type', path, `must be a string, got ${JSON.stringify(text)}; quote it`);
  }
  if (PLAIN.test(text)) return `"${text}"`;
  requireWellFormed(text, path);
  return JSON.stringify(text).replace(ESCAPED_BY_GO, escapeUnit);
}

/**
 * Refuses a string that is not valid UTF-16 and so cannot be sent to an API server unchanged.
 * @throws Refusal `ill-formed-text`
 */
export function requireWellFormed(text: string, path: string): void {
  const at = text.search(LONE_SURROGATE);
  if (at === -1) return;
  const unit = text.charCodeAt(at).toString(16);
  refuse(
    'ill-formed-text',
    path,
    `must be valid UTF-16, got a lone surrogate U+${unit.toUpperCase()} at index ${at}; remove it or write the whole character`,
  );
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
