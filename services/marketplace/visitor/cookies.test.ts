import fc from 'fast-check';
import { cookieValue } from './cookies';

describe('cookieValue', () => {
  it.each([
    ['visitor=1.a', '1.a'],
    ['language=ja; visitor=1.a', '1.a'],
    ['visitor=1.a; visitor=2.b', '1.a'],
    [' visitor = 1.a ;x', '1.a'],
    ['other-visitor=1', undefined],
    ['visitor', undefined],
    ['=visitor', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('finds the visitor in %j: %j', (header, value) => {
    expect(cookieValue(header, 'visitor')).toBe(value);
  });

  it('takes any header', () => {
    fc.assert(fc.property(fc.string(), (header) => void cookieValue(header, 'visitor')));
  });
});
