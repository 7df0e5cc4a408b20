/** How a quantity was spelled, which decides how Kubernetes spells it back. */
export type QuantityFormat = 'BinarySI' | 'DecimalExponent' | 'DecimalSI';

/** An exact amount: `unscaled × 10^scale`. */
export interface Quantity {
  readonly unscaled: bigint;
  readonly scale: number;
  readonly format: QuantityFormat;
  /** Kubernetes takes this spelling for canonical and stores it as it was written, odd or not. */
  readonly isKeptVerbatim: boolean;
}

interface Suffix {
  readonly format: QuantityFormat;
  /** Power of ten, or of two for BinarySI. */
  readonly exponent: number;
}

const SPELLING = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i|)$/;
const DECIMAL_SUFFIXES = new Map(
  ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((suffix, i) => [suffix, 3 * i - 9]),
);
const BINARY_SUFFIXES = new Map(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, i) => [suffix, 10 * (i + 1)]),
);
const MAX_INT64 = 2n ** 63n - 1n;
const NANO = -9;
const MAX_INT64_FACTORS = 18;
const MAX_INT32 = 2 ** 31 - 1;

/**
 * Reads a quantity as `resource.ParseQuantity` does, exactly: no floating point, rounded up to a
 * billionth, binary amounts capped at 2^63-1.
 *
 * Returns `undefined` for a text that is no quantity.
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/api/resource/quantity.go
 */
export function parseQuantity(text: string): Quantity | undefined {
  const match = SPELLING.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', suffixText = ''] = match;
  const suffix = readSuffix(suffixText);
  if (!suffix || (whole === '' && fraction === '')) return undefined;
  const digits = (whole.replace(/^0+/, '') || '0') + fraction;
  const amount = BigInt(digits);
  const signed = sign === '-' ? -amount : amount;
  const isPlainZero = text === '0';
  const factor = suffix.format === 'BinarySI' ? 2n ** BigInt(suffix.exponent) : 1n;
  const scale = (suffix.format === 'BinarySI' ? 0 : suffix.exponent) - fraction.length;
  const exact = { unscaled: signed * factor, scale, format: suffix.format };
  if (isPlainZero) return { ...exact, isKeptVerbatim: true };
  if (fitsFastPath(digits, fraction, amount, suffix, scale)) {
    return { ...exact, isKeptVerbatim: isTakenForCanonical(digits, amount, suffix, scale) };
  }
  return limit(exact);
}

function readSuffix(text: string): Suffix | undefined {
  const decimal = DECIMAL_SUFFIXES.get(text);
  if (decimal !== undefined) return { format: 'DecimalSI', exponent: decimal };
  const binary = BINARY_SUFFIXES.get(text);
  if (binary !== undefined) return { format: 'BinarySI', exponent: binary };
  const exponent = Number(text.slice(1));
  return Math.abs(exponent) <= MAX_INT32 ? { format: 'DecimalExponent', exponent } : undefined;
}

/** The condition under which upstream computes in 64 bits and may keep the text. */
function fitsFastPath(
  digits: string,
  fraction: string,
  amount: bigint,
  suffix: Suffix,
  scale: number,
): boolean {
  if (scale < NANO) return false;
  if (suffix.format !== 'BinarySI') return digits.length <= MAX_INT64_FACTORS;
  const precision = 15 - digits.length - Math.trunc((suffix.exponent * 3) / 10) - 1;
  return fraction === '' && precision >= 0 && amount * 2n ** BigInt(suffix.exponent) <= MAX_INT64;
}

function isTakenForCanonical(
  digits: string,
  amount: bigint,
  suffix: Suffix,
  scale: number,
): boolean {
  if (suffix.format === 'BinarySI') return (amount & 7n) !== 0n;
  return scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
}

function limit({ unscaled, scale, format }: Omit<Quantity, 'isKeptVerbatim'>): Quantity {
  const rounded = roundUp({ unscaled, scale, format, isKeptVerbatim: false }, NANO);
  if (format !== 'BinarySI') return rounded;
  const magnitude = abs(rounded.unscaled);
  const one = 10n ** BigInt(-Math.min(rounded.scale, 0));
  if (magnitude > MAX_INT64 * one) {
    return { ...rounded, unscaled: rounded.unscaled < 0n ? -MAX_INT64 : MAX_INT64, scale: 0 };
  }
  return magnitude < one && magnitude > 0n ? { ...rounded, format: 'DecimalSI' } : rounded;
}

/**
 * Rounds away from zero to a multiple of `10^scale`, as `Quantity.RoundUp`: the API server does
 * this to a thousandth in every resource list, so `0.1m` becomes `1m`.
 */
export function roundUp(quantity: Quantity, scale: number): Quantity {
  const places = scale - quantity.scale;
  if (places <= 0) return quantity;
  const magnitude = abs(quantity.unscaled);
  // A power of ten of any exponent that fits in a manifest must not cost memory.
  const divisor = 10n ** BigInt(Math.min(places, magnitude.toString().length + 1));
  const quotient = (magnitude + divisor - 1n) / divisor;
  return {
    ...quantity,
    unscaled: quantity.unscaled < 0n ? -quotient : quotient,
    scale,
    isKeptVerbatim: false,
  };
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
