import { isJsonObject, type JsonValue } from '../kubernetes-object';
import { sha256 } from '../sha256';

/**
 * What stands in a baseline for a value that is too long or too secret to repeat.
 *
 * It stands only where the schema wants a string or bytes, where an author's value is always a
 * JSON string: no value of an author can be taken for one, whatever it looks like.
 */
export interface Digest {
  /** Hex SHA-256 of the text's UTF-8 bytes, or of the decoded bytes. */
  readonly $sha256: string;
  /** How many bytes; left out for a secret, whose length is nobody's business. */
  readonly $bytes?: number;
}

/** Whether a value has the form of a digest; says nothing where an author's object may stand. */
export function isDigest(value: unknown): value is Digest {
  return isJsonObject(value) && typeof value.$sha256 === 'string';
}

/** The digest of a text, or with `encoding` base64 of the bytes it stands for. */
export function digestOf(text: string, encoding: 'base64' | 'utf8', isSecret: boolean): Digest {
  const bytes = Buffer.from(text, encoding);
  return isSecret ? { $sha256: sha256(bytes) } : { $sha256: sha256(bytes), $bytes: bytes.length };
}

/** Whether a live value is the one a digest was made of. */
export function matchesDigest(
  digest: Digest,
  value: JsonValue,
  encoding: 'base64' | 'utf8',
): boolean {
  return typeof value === 'string' && digestOf(value, encoding, true).$sha256 === digest.$sha256;
}
