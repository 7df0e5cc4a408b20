import fc from 'fast-check';
import { createVisitorIds } from './visitor-id';

const ids = createVisitorIds(['first secret, long enough to be one']);

describe('visitor ids', () => {
  it('verify what they signed, also from the cache', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (id) => {
        const cookie = ids.sign(id);
        expect([ids.verify(cookie), ids.verify(cookie)]).toEqual([id, id]);
      }),
    );
  });

  it('are positive 32-bit integers, and differ', () => {
    const made = Array.from({ length: 500 }, () => ids.create());
    expect(made.every((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31)).toBe(true);
    expect(new Set(made).size).toBeGreaterThan(490);
  });

  it('refuse every other text, and every cookie with one character changed', () => {
    const cookie = ids.sign(12_345);
    fc.assert(fc.property(fc.string(), (text) => ids.verify(text) === undefined));
    // The last character of 32 bytes in base64url carries two unused bits.
    fc.assert(
      fc.property(fc.nat(cookie.length - 2), fc.constantFrom(...'0189AZaz_-.'), (at, character) => {
        fc.pre(cookie[at] !== character);
        const changed = cookie.slice(0, at) + character + cookie.slice(at + 1);
        expect(ids.verify(changed)).toBeUndefined();
      }),
    );
  });

  it('sign with the first secret and verify with all, so that a secret can be replaced', () => {
    const [old, next] = [
      'the old secret, of thirty-two chars',
      'the new secret, of thirty-two chars',
    ];
    const before = createVisitorIds([old]).sign(7);
    const both = createVisitorIds([next, old]);
    expect(both.verify(before)).toBe(7);
    expect(createVisitorIds([next]).verify(both.sign(7))).toBe(7);
    expect(createVisitorIds([next]).verify(before)).toBeUndefined();
  });

  it('need a secret', () => {
    expect(() => createVisitorIds([])).toThrow(RangeError);
  });
});
