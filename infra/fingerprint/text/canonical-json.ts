import type { JsonValue } from '../kubernetes-object';
import { compareUtf8 } from './compare-utf8';
import { goString } from './go-string';

/**
 * One text for one value: no white space, keys sorted by UTF-8 bytes, strings escaped as Go's
 * `encoding/json` and Terraform's `jsonencode` do, so that a value known only at apply can be put
 * into the text by a Terraform expression.
 *
 * @throws Refusal `ill-formed-text` for a lone surrogate.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') return goString(value, '');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const fields = Object.entries(value).filter(([, child]) => child !== undefined);
  fields.sort(([a], [b]) => compareUtf8(a, b));
  return `{${fields.map(([key, child]) => `${goString(key, '')}:${canonicalJson(child ?? null)}`).join()}}`;
}
