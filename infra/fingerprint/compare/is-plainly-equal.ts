import { isDigest } from '../baseline/digest';
import { isJsonObject, type JsonValue } from '../kubernetes-object';

/**
 * Whether two JSON values are the same but for the order of their keys, and neither holds what may
 * be a digest: that says something only where the schema wants a text, which is not looked at here.
 * False may mean equal; true never means different.
 */
export function isPlainlyEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isPlainlyEqual(item, b[i]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b;
  const names = Object.keys(a);
  if (isDigest(a) || names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && isPlainlyEqual(a[name], b[name]));
}
