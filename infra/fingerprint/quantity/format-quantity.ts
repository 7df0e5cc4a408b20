import type { Quantity } from './parse-quantity';

const DECIMAL_SUFFIX = new Map(
  ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((suffix, i) => [3 * i - 9, suffix]),
);
const BINARY_SUFFIX = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * The canonical spelling of an amount, as `Quantity.CanonicalizeBytes`: no fraction, the largest
 * suffix that loses nothing, in the family the author used.
 *
 * Binary amounts below 1024 or with a fraction are spelled in decimal. Returns `undefined` for a
 * decimal amount beyond `E`, for which Kubernetes has no suffix (and forgets the factor).
 */
export function formatQuantity({ unscaled, scale, format }: Quantity): string | undefined {
  if (unscaled === 0n) return '0';
  if (format === 'BinarySI') {
    const whole = wholeNumber(unscaled, scale);
    if (whole !== undefined && (whole >= 1024n || whole <= -1024n)) return formatBinary(whole);
  }
  return formatDecimal(unscaled, scale, format === 'DecimalExponent');
}

function wholeNumber(unscaled: bigint, scale: number): bigint | undefined {
  if (scale >= 0) return unscaled * 10n ** BigInt(scale);
  const divisor = 10n ** BigInt(-scale);
  return unscaled % divisor === 0n ? unscaled / divisor : undefined;
}

function formatBinary(amount: bigint): string {
  let mantissa = amount;
  let exponent = 0;
  while (mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    exponent++;
  }
  return `${mantissa}${BINARY_SUFFIX[exponent]}`;
}

function formatDecimal(unscaled: bigint, scale: number, isExponent: boolean): string | undefined {
  let mantissa = unscaled;
  let exponent = scale;
  while (mantissa % 10n === 0n) {
    mantissa /= 10n;
    exponent++;
  }
  while (exponent % 3 !== 0) {
    mantissa *= 10n;
    exponent--;
  }
  if (isExponent) return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  const suffix = DECIMAL_SUFFIX.get(exponent);
  return suffix === undefined ? undefined : `${mantissa}${suffix}`;
}
