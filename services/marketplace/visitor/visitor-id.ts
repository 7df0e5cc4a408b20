import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** The cookie's name. */
export const VISITOR_COOKIE = 'visitor';

/** A year, in seconds. */
export const VISITOR_MAX_AGE_S = 31_536_000;

/** Returning visitors whose signature need not be computed again. */
const MAX_VERIFIED = 10_000;

/** The recommender's user ids are positive 32-bit integers. */
const MAX_ID = 2 ** 31 - 1;

/** Makes and verifies the anonymous number by which recommendations are chosen. */
export interface VisitorIds {
  create(): number;
  /** `<id>.<HMAC-SHA256 in base64url>`. */
  sign(id: number): string;
  /** The id in a cookie's value; undefined when the signature is not ours. */
  verify(value: string): number | undefined;
}

/** @param secrets at least one; the first signs, all verify, so that a secret can be replaced */
export function createVisitorIds(secrets: readonly string[]): VisitorIds {
  const [signingSecret] = secrets;
  if (!signingSecret) throw new RangeError('supply at least one secret to sign cookies with');
  const mac = (secret: string, id: string) => createHmac('sha256', secret).update(id).digest();
  const verified = new LRUCache<string, number>({ max: MAX_VERIFIED });
  return {
    create: () => randomInt(1, MAX_ID + 1),
    sign: (id) => `${id}.${mac(signingSecret, String(id)).toString('base64url')}`,
    verify(value) {
      const known = verified.get(value);
      if (known !== undefined) return known;
      const [, id = '', signature = ''] = /^([1-9]\d{0,9})\.([\w-]{43})$/.exec(value) ?? [];
      const claimed = Buffer.from(signature, 'base64url');
      const isOurs = secrets.some((secret) => {
        const expected = mac(secret, id);
        return expected.length === claimed.length && timingSafeEqual(expected, claimed);
      });
      if (!isOurs) return undefined;
      verified.set(value, Number(id));
      return Number(id);
    },
  };
}
