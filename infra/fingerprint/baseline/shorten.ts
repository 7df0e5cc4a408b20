import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { fieldsOf, type ListShape, type Shape } from '../schema/shape';
import { digestOf, isDigest } from './digest';

/** What to put into digests. */
export interface Shortening {
  /** Texts and bytes longer than this many bytes. */
  readonly longerThanBytes: number;
  /** Whether bytes are secret and enter only by digest, however short. */
  readonly hidesBytes: boolean;
}

/** A normalised value with digests in place of what is too long or too secret to repeat. */
export function shorten(shape: Shape | undefined, value: JsonValue, how: Shortening): JsonValue {
  if (isDigest(value) && shape?.kind === 'scalar') return value as JsonValue;
  if (typeof value === 'string') return shortenText(shape, value, how);
  if (Array.isArray(value)) {
    if (shape?.kind !== 'list') return value.map((child) => shorten(undefined, child, how));
    return value.map((child) => withKeysOf(shape, child, shorten(shape.item, child, how)));
  }
  return isJsonObject(value) ? shortenFields(shape, value, how) : value;
}

/** Keys stay as they are: by them the elements of a list find each other. */
function withKeysOf({ keys }: ListShape, value: JsonValue, shortened: JsonValue): JsonValue {
  if (keys.length === 0 || !isJsonObject(value) || !isJsonObject(shortened)) return shortened;
  const present = keys.filter((key) => value[key] !== undefined);
  return { ...shortened, ...Object.fromEntries(present.map((key) => [key, value[key]])) };
}

function shortenFields(shape: Shape | undefined, value: JsonObject, how: Shortening): JsonObject {
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    child === undefined ? child : shorten(childShape(shape, name), child, how),
  ]);
  return Object.fromEntries(entries);
}

function childShape(shape: Shape | undefined, name: string): Shape | undefined {
  if (shape?.kind === 'map') return shape.value;
  return shape?.kind === 'struct' ? fieldsOf(shape.type).get(name) : undefined;
}

function shortenText(shape: Shape | undefined, text: string, how: Shortening): JsonValue {
  const isBytes = shape?.kind === 'scalar' && shape.scalar === 'bytes';
  // What has no shape may stand anywhere in a Secret.
  const isSecret = how.hidesBytes && (isBytes || !shape);
  const isLong = Buffer.byteLength(text, isBytes ? 'base64' : 'utf8') > how.longerThanBytes;
  if (!isSecret && !isLong) return text;
  return { ...digestOf(text, isBytes ? 'base64' : 'utf8', isSecret) };
}
