import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { type Problem, Refusal, refuse } from '../refusal';
import { requireType } from '../schema/supported-kinds';
import { sha256 } from '../sha256';
import { canonicalJson } from '../text/canonical-json';
import { compareUtf8 } from '../text/compare-utf8';
import type { Fingerprint } from './fingerprint';
import { isHash } from './stamp';

/** What the inventory keeps of one stamped object. */
export interface InventoryEntry {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for a kind without namespace. */
  readonly namespace: string;
  readonly name: string;
  /** Hex SHA-256, as stamped. */
  readonly specHash: string;
  /** Hex SHA-256 of the baseline annotation. */
  readonly baselineHash: string;
}

const INVENTORY_VERSION = 1;
const WITHOUT_NAMESPACE = new Set(['ClusterRole', 'ClusterRoleBinding']);
const FIELDS = ['apiVersion', 'kind', 'namespace', 'name', 'specHash', 'baselineHash'] as const;

/**
 * The entry of an intended object and its fingerprint.
 * @throws Refusal `missing-field` for an object without a name, `unsupported-kind`.
 */
export function inventoryEntry(
  object: JsonObject,
  { specHash, baselineHash }: Fingerprint,
): InventoryEntry {
  requireType(object.apiVersion, object.kind);
  const { name, namespace } = isJsonObject(object.metadata) ? object.metadata : {};
  if (typeof name !== 'string' || name === '') {
    return refuse(
      'missing-field',
      'metadata.name',
      'must be set, got none; name the object, generateName cannot be checked later',
    );
  }
  const kind = String(object.kind);
  const within = WITHOUT_NAMESPACE.has(kind)
    ? ''
    : typeof namespace === 'string'
      ? namespace
      : 'default';
  return {
    apiVersion: String(object.apiVersion),
    kind,
    namespace: within,
    name,
    specHash,
    baselineHash,
  };
}

/**
 * The inventory as text: `{"entries":[…],"sha256":"…","v":1}`, entries sorted, with a hash of
 * itself so that an edit by hand shows.
 */
export function renderInventory(entries: readonly InventoryEntry[]): string {
  const sorted = entries
    .map((entry): JsonValue => ({ ...entry }))
    .sort((a, b) => compareUtf8(canonicalJson(a), canonicalJson(b)));
  return canonicalJson({ v: INVENTORY_VERSION, entries: sorted, sha256: hashOf(sorted) });
}

/**
 * Reads an inventory back.
 * @throws Refusal `invalid-inventory` for another version, a malformed entry, or one whose hash of
 *   itself does not hold.
 */
export function parseInventory(text: string): readonly InventoryEntry[] {
  const parsed = parseJson(text);
  if (!isJsonObject(parsed) || parsed.v !== INVENTORY_VERSION || !Array.isArray(parsed.entries)) {
    return invalid(`must be an inventory of version ${INVENTORY_VERSION}, got another text`);
  }
  const entries: readonly JsonValue[] = parsed.entries;
  if (hashOf(entries) !== parsed.sha256)
    return invalid('must carry the hash of its entries, got another one: it was edited');
  const problems = entries.flatMap(entryProblems);
  const [first, ...rest] = problems;
  if (first) throw new Refusal([first, ...rest]);
  return entries as unknown as readonly InventoryEntry[];
}

function entryProblems(entry: JsonValue, index: number): readonly Problem[] {
  const given = isJsonObject(entry) ? entry : {};
  return FIELDS.filter((field) =>
    field.endsWith('Hash') ? !isHash(given[field]) : typeof given[field] !== 'string',
  ).map((field) => ({
    code: 'invalid-inventory',
    path: `entries[${index}].${field}`,
    message: `must be ${field.endsWith('Hash') ? 'a lower-case hex SHA-256' : 'a string'}, got ${JSON.stringify(given[field])}; apply the code to write the inventory again`,
  }));
}

function hashOf(entries: readonly JsonValue[]): string {
  return sha256(canonicalJson(entries));
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return refuse(
      'invalid-inventory',
      '',
      'the inventory must be JSON, got something else; apply the code to write it again',
      cause,
    );
  }
}

function invalid(why: string): never {
  return refuse('invalid-inventory', '', `the inventory ${why}; apply the code to write it again`);
}
