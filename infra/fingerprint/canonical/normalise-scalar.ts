import type { JsonValue } from '../kubernetes-object';
import { canonicalQuantity, type QuantityPosition } from '../quantity/canonical-quantity';
import type { RefusalCode } from '../refusal';
import type { ScalarName } from '../schema/shape';
import { loneSurrogate } from '../text/go-string';

/** A scalar in the form in which the API server stores it, or why it cannot be known. */
export type NormalisedScalar =
  | { readonly value: JsonValue }
  | {
      readonly code: RefusalCode;
      readonly message: string;
      /** What to compare by when the scalar stands in a live object, which nothing refuses. */
      readonly value: JsonValue;
    };

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const MAX_SHOWN = 80;
// CDKTF hides a value that is known only at apply behind such a text, number or list.
const TOKEN = /TfToken\[|#\{Token\[/;

/** Normalises one scalar of a known type. */
export function normaliseScalar(scalar: ScalarName, value: JsonValue): NormalisedScalar {
  switch (scalar) {
    case 'string':
      return typeof value === 'string'
        ? normaliseText(value)
        : wrongType(value, 'a string', 'quote it');
    case 'bool':
      return typeof value === 'boolean'
        ? { value }
        : wrongType(value, 'true or false', 'write it without quotes');
    case 'int':
      return Number.isSafeInteger(value)
        ? { value }
        : wrongType(value, 'a whole number', 'write it without quotes or fraction');
    case 'intOrString':
      if (typeof value === 'string') return normaliseText(value);
      return Number.isSafeInteger(value)
        ? { value }
        : wrongType(value, 'a whole number or a string', 'write one of them');
    case 'quantity':
      return normaliseQuantity(value, 'plain');
    case 'resourceQuantity':
      return normaliseQuantity(value, 'resource-list');
    case 'bytes':
      return normaliseBytes(value);
    case 'time':
      return normaliseTime(value);
    case 'bookkeeping':
      return { value };
  }
}

function normaliseText(value: string): NormalisedScalar {
  if (TOKEN.test(value)) {
    const message = `must be known, got the unresolved token ${JSON.stringify(value)}; pass an expression in its place`;
    return { value, code: 'unresolved-token', message };
  }
  const unit = loneSurrogate(value);
  if (!unit) return { value };
  return {
    value,
    code: 'ill-formed-text',
    message: `must be valid UTF-16, got ${unit}; remove it or write the whole character`,
  };
}

function normaliseQuantity(given: JsonValue, position: QuantityPosition): NormalisedScalar {
  if (typeof given !== 'string' && typeof given !== 'number') {
    return wrongType(given, 'a quantity', 'write it as a string such as "500m"');
  }
  const value = String(given);
  const canonical = canonicalQuantity(value, position);
  switch (canonical.kind) {
    case 'canonical':
      return { value: canonical.text };
    case 'odd': {
      const message = `must be spelled ${JSON.stringify(canonical.text)}, got ${JSON.stringify(value)}, which the API server keeps as it is; write ${canonical.text}`;
      return { value: canonical.text, code: 'odd-quantity', message };
    }
    case 'invalid': {
      const message = `must be a quantity below 1000E, got ${JSON.stringify(value)}; write a number with a suffix, for example 500m or 1Gi`;
      return { value, code: 'invalid-quantity', message };
    }
  }
}

function normaliseBytes(given: JsonValue): NormalisedScalar {
  const value = typeof given === 'string' ? given.replace(/[\r\n]/g, '') : given;
  return typeof value === 'string' && BASE64.test(value)
    ? { value: Buffer.from(value, 'base64').toString('base64') }
    : {
        value: given,
        code: 'wrong-type',
        // The value may be a secret, so the message does not show it.
        message:
          'must be base64, got something else; encode it, or put plain text under stringData or data',
      };
}

function normaliseTime(value: JsonValue): NormalisedScalar {
  return typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value))
    ? { value: new Date(value).toISOString().replace(/\.\d+/, '') }
    : wrongType(value, 'a time', 'write it as RFC 3339, for example 2026-01-31T12:00:00Z');
}

function wrongType(value: JsonValue, wanted: string, remedy: string): NormalisedScalar {
  const got = JSON.stringify(value).slice(0, MAX_SHOWN);
  return { value, code: 'wrong-type', message: `must be ${wanted}, got ${got}; ${remedy}` };
}
