import { formatQuantity } from './format-quantity';
import { parseQuantity, roundUp } from './parse-quantity';

/** What became of a quantity's spelling. */
export type CanonicalQuantity =
  | { readonly kind: 'canonical'; readonly text: string }
  /** Kubernetes would store this spelling as it is; `text` is the one to use instead. */
  | { readonly kind: 'odd'; readonly text: string }
  | { readonly kind: 'invalid' };

/** Where a quantity stands: in a resource list the server also rounds up to a thousandth. */
export type QuantityPosition = 'plain' | 'resource-list';

const MILLI = -3;

/**
 * The spelling under which the API server stores a quantity: `1000m` → `1`, `0.5Gi` → `512Mi`,
 * `1e7` → `10e6`, in a resource list `0.1m` → `1m`.
 *
 * A few odd spellings (`1.500`, `+1`, `1.`, `01`, `1E3`) slip through the server's check for
 * canonical form and are stored verbatim; they are told apart so that intended objects can refuse
 * them and live ones be compared by value.
 */
export function canonicalQuantity(text: string, position: QuantityPosition): CanonicalQuantity {
  const parsed = parseQuantity(text.trim());
  if (!parsed) return { kind: 'invalid' };
  const stored = position === 'resource-list' ? roundUp(parsed, MILLI) : parsed;
  const canonical = formatQuantity(stored);
  if (canonical === undefined) return { kind: 'invalid' };
  const isOdd = text !== text.trim() || (stored.isKeptVerbatim && text !== canonical);
  return { kind: isOdd ? 'odd' : 'canonical', text: canonical };
}
