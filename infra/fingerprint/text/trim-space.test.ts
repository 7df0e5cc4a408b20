import { trimSpace } from './trim-space';

// unicode.IsSpace of Go: the White_Space property.
const SPACES =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

test.each([...SPACES])('strips %j at both ends', (space) => {
  expect(trimSpace(`${space}${space}a${space}b${space}`)).toBe(`a${space}b`);
});

test.each(['\ufeff', '\u200b', '\u180e', '\u001f'])(
  'leaves %j, which Go does not call a space',
  (other) => {
    expect(trimSpace(`${other}a${other}`)).toBe(`${other}a${other}`);
  },
);

test.each([
  ['', ''],
  [' ', ''],
  ['a', 'a'],
  ['\u0085', ''],
  ['a b', 'a b'],
])('trims %j to %j', (text, trimmed) => {
  expect(trimSpace(text)).toBe(trimmed);
});
