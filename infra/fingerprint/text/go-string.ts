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
    return refuse('wrong-type', path, `must be a string, got a ${typeof text}; quote it`);
  }
  if (PLAIN.test(text)) return `"${text}"`;
  const unit = loneSurrogate(text);
  if (unit) {
    refuse(
      'ill-formed-text',
      path,
      `must be valid UTF-16, got ${unit}; remove it or write the whole character`,
    );
  }
  return JSON.stringify(text).replace(ESCAPED_BY_GO, escapeUnit);
}

/** Describes the first unit of a text that is no valid UTF-16, or `undefined` when all is well. */
export function loneSurrogate(text: string): string | undefined {
  const at = text.search(LONE_SURROGATE);
  if (at === -1) return undefined;
  const unit = text.charCodeAt(at).toString(16).toUpperCase();
  return `a lone surrogate U+${unit} at index ${at}`;
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
