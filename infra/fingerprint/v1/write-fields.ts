import { refuse } from '../refusal';
import { compareUtf8 } from '../text/compare-utf8';
import { goString } from '../text/go-string';
import { trimSpace } from '../text/trim-space';

/** A field of a live object: Go writes neither null nor an absent field differently. */
export type Maybe<T> = T | null | undefined;

/** A `map[string]string` of a live object. */
export type TextMap = Maybe<{ readonly [key: string]: unknown }>;

/** `"key":"text",`, or nothing when empty: Go's `omitempty` of a string. */
export function textField(key: string, text: unknown): string {
  return text === undefined || text === null || text === ''
    ? ''
    : `"${key}":${goString(text, key)},`;
}

/** `"key":7,`, or nothing when absent: Go's `omitempty` of a pointer. */
export function numberField(key: string, value: unknown): string {
  return value === undefined || value === null ? '' : `"${key}":${integer(value, key)},`;
}

/** `"key":7,`, or nothing when absent or 0: Go's `omitempty` of an integer. */
export function nonZeroField(key: string, value: unknown): string {
  return value === 0 ? '' : numberField(key, value);
}

/** `"key":1,` or `"key":"25%",`: an IntOrString behind a pointer keeps its type. */
export function intOrStringField(key: string, value: unknown): string {
  return typeof value === 'string' ? `"${key}":${goString(value, key)},` : numberField(key, value);
}

/** A map with sorted keys and trimmed values, or nothing when empty. */
export function trimmedMapField(key: string, map: TextMap): string {
  return mapField(key, map, (value) =>
    goString(typeof value === 'string' ? trimSpace(value) : value, key),
  );
}

/** A map of quantities, verbatim as the server stored them, or nothing when empty. */
export function quantitiesField(key: string, map: TextMap): string {
  return mapField(key, map, (value) => goString(value, key));
}

/** Ends a list of `"key":value,` fields as an object. */
export function object(fields: string): string {
  return `{${fields.slice(0, -1)}}`;
}

/** The items in the given order, the list itself left untouched. */
export function sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  return items.length < 2 ? items : [...items].sort(compare);
}

function mapField(key: string, map: TextMap, write: (value: unknown) => string): string {
  if (map === undefined || map === null) return '';
  let fields = '';
  for (const name of sorted(Object.keys(map), compareUtf8)) {
    fields += `${goString(name, key)}:${write(map[name])},`;
  }
  return fields === '' ? '' : `"${key}":${object(fields)},`;
}

function integer(value: unknown, path: string): string {
  if (Number.isSafeInteger(value)) return String(value);
  return refuse(
    'wrong-type',
    path,
    `must be a whole number, got ${JSON.stringify(value)}; write it without quotes or fraction`,
  );
}
