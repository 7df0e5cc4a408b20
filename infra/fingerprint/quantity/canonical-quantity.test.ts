import fc from 'fast-check';
import { canonicalQuantity } from './canonical-quantity';
import { parseQuantity } from './parse-quantity';

// The contract's examples, then edges checked against k8s.io/apimachinery v0.36.3.
test.each([
  ['1000m', '1'],
  ['1.5', '1500m'],
  ['0.5', '500m'],
  ['0.1', '100m'],
  ['2000m', '2'],
  ['1000', '1k'],
  ['1000M', '1G'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Gi', '512Mi'],
  ['100.5Mi', '102912Ki'],
  ['1048576Ki', '1Gi'],
  ['0m', '0'],
  ['1e7', '10e6'],
  ['134217728', '134217728'],
  ['1000Mi', '1000Mi'],
  ['0.1m', '1m'],
  ['5n', '1m'],
  ['-0.1m', '-1m'],
  ['0', '0'],
  ['00', '0'],
  ['-0', '0'],
  ['.5', '500m'],
  ['0.500', '500m'],
  ['-1', '-1'],
  ['1e-3', '1e-3'],
  ['12e6', '12e6'],
  ['1023Ki', '1023Ki'],
  ['0.1Ki', '102400m'],
  ['0.9765625Ki', '1k'],
  ['-2Ki', '-2Ki'],
  ['1Ei', '1Ei'],
  ['16Ei', '9223372036854775807'],
  ['-16Ei', '-9223372036854775807'],
  ['99999999999999999999', '99999999999999999999'],
  ['1e1000', '10e999'],
  ['1e-1000', '1e-3'],
])('spells %s in a resource list as %s', (text, canonical) => {
  expect(canonicalQuantity(text, 'resource-list')).toEqual({ kind: 'canonical', text: canonical });
});

test.each([
  ['0.1m', '100u'],
  ['5n', '5n'],
  ['0.5n', '1n'],
  ['1.5', '1500m'],
])('rounds %s elsewhere only to a billionth: %s', (text, canonical) => {
  expect(canonicalQuantity(text, 'plain')).toEqual({ kind: 'canonical', text: canonical });
});

test.each([
  ['1.500', '1500m'],
  ['+1', '1'],
  ['1.', '1'],
  ['01', '1'],
  ['1E3', '1e3'],
  ['1e+3', '1e3'],
  ['1e03', '1e3'],
  [' 1', '1'],
  ['07Ki', '7Ki'],
])('calls %j odd, to be spelled %s', (text, canonical) => {
  expect(canonicalQuantity(text, 'resource-list')).toEqual({ kind: 'odd', text: canonical });
});

test.each(['', 'x', '1x', '1 Mi', '1ki', '1e', '--1', '1.2.3', 'Ki', '1000E', '1e99999999999'])(
  'calls %j no quantity',
  (text) => {
    expect(canonicalQuantity(text, 'plain')).toEqual({ kind: 'invalid' });
  },
);

const spelling = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.bigInt(0n, 10n ** 20n),
    fc.option(fc.stringMatching(/^[0-9]{1,9}$/), { nil: undefined }),
    fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'e-4', 'e7'),
  )
  .map(
    ([sign, whole, fraction, suffix]) =>
      `${sign}${whole}${fraction ? `.${fraction}` : ''}${suffix}`,
  );

test('is idempotent', () => {
  fc.assert(
    fc.property(
      spelling,
      fc.constantFrom('plain' as const, 'resource-list' as const),
      (text, position) => {
        const once = canonicalQuantity(text, position);
        if (once.kind === 'invalid') return;
        expect(canonicalQuantity(once.text, position)).toEqual({
          kind: 'canonical',
          text: once.text,
        });
      },
    ),
    { numRuns: 3000 },
  );
});

test('keeps the value, but for rounding up to a billionth and the cap of binary amounts', () => {
  fc.assert(
    fc.property(spelling, (text) => {
      const canonical = canonicalQuantity(text, 'plain');
      if (canonical.kind === 'invalid') return;
      expect(inBillionths(canonical.text)).toBe(inBillionths(text));
    }),
    { numRuns: 3000 },
  );
});

/** An independent reading: sign, digits and suffix to billionths, rounded away from zero. */
function inBillionths(text: string): bigint {
  const [, sign, whole = '0', fraction = '', suffix = ''] =
    /^(-?)(\d+)\.?(\d*)(.*)$/.exec(text) ?? [];
  const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].indexOf(suffix) + 1;
  const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].indexOf(suffix) * 3 - 9;
  const exponent = suffix.startsWith('e') ? Number(suffix.slice(1)) : binary > 0 ? 0 : decimal;
  const scaled = BigInt(whole + fraction) * 1024n ** BigInt(binary) * 10n ** 90n;
  const shift = 90 - exponent + fraction.length - 9;
  const exact = scaled / 10n ** BigInt(shift);
  const rounded = exact + (scaled % 10n ** BigInt(shift) > 0n ? 1n : 0n);
  const cap = (2n ** 63n - 1n) * 10n ** 9n;
  const capped = binary > 0 && rounded > cap ? cap : rounded;
  return sign === '-' ? -capped : capped;
}

test('reads amounts exactly, far beyond what a float holds', () => {
  expect(parseQuantity('9007199254740993')).toMatchObject({
    unscaled: 9007199254740993n,
    scale: 0,
  });
});
