import fc from 'fast-check';
import { goString } from './go-string';

/** encoding/json's appendString, written out by code points. */
function reference(text: string): string {
  const short: Record<string, string> = {
    '"': '\\"',
    '\\': '\\\\',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
  };
  let out = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isEscaped =
      code < 0x20 || '<>&'.includes(character) || code === 0x2028 || code === 0x2029;
    if (short[character]) out += short[character];
    else if (isEscaped) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += character;
  }
  return `${out}"`;
}

test('writes any text as Go does', () => {
  const unit = fc.oneof(
    fc.constantFrom(...'<>&"\\\b\f\n\r\t\u0000\u001f\u007f\u0085\u2028\u2029\ufeff𝒳é'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), (units) => {
      const text = units.join('');
      expect(goString(text, '')).toBe(reference(text));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['a=1&b=<2>', '"a=1\\u0026b=\\u003c2\\u003e"'],
  ['\u2028\u2029', '"\\u2028\\u2029"'],
  ['\b\f\u000b', '"\\b\\f\\u000b"'],
  ['\u007f', '"\u007f"'],
])('writes %j as %s', (text, written) => {
  expect(goString(text, '')).toBe(written);
});

test.each(['\ud800', 'a\udc00', '\udc00\ud800'])('refuses the lone surrogate in %j', (text) => {
  expect(() => goString(text, 'spec.x')).toThrow(
    /^spec\.x: must be valid UTF-16, got a lone surrogate U\+D[8C]00/,
  );
});

test('refuses what is no string', () => {
  expect(() => goString(7, 'spec.x')).toThrow('spec.x: must be a string, got a number; quote it');
});
