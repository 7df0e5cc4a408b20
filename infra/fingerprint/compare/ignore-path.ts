import type { Step } from '../path/field-path';
import { refuse } from '../refusal';

/** One step of an ignore path. */
type Pattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'keys'; readonly keys: ReadonlyMap<string, string> };

/** A parsed ignore path: it names a field and everything below. */
export type IgnorePath = readonly Pattern[];

/** What ignore paths say about a place: drop it, or these remain to be matched below. */
export type Ignoring = 'all' | readonly IgnorePath[];

const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
const SELECTOR = `[\\w-]+=(?:${QUOTED}|[^\\]",=]+)`;
const STEP = new RegExp(
  `(?:(?<dot>^|\\.)(?<name>[A-Za-z_][\\w-]*)|\\[(?:(?<any>\\*)|(?<index>\\d+)|(?<quoted>${QUOTED})|(?<keys>${SELECTOR}(?:,${SELECTOR})*))\\])`,
  'y',
);
const ONE_SELECTOR = new RegExp(`([\\w-]+)=(${QUOTED}|[^\\]",=]+)`, 'g');
const PATH_IN_LIST = new RegExp(`(?:${QUOTED}|\\[[^\\]"]*(?:${QUOTED}[^\\]"]*)*\\]|[^,"[])+`, 'g');

/**
 * Reads a path in the form of a finding's field:
 *
 *     path     = name, { "." name | "[" selector "]" } ;
 *     selector = "*"                        (* every element or entry *)
 *              | digits                     (* element by index, in a list without keys *)
 *              | key "=" value { "," … }    (* element by key, values may be JSON strings *)
 *              | JSON string                (* map entry, or value in a list without order *) ;
 *
 * for example `spec.replicas`, `spec.template.spec.containers[name=web].image`,
 * `spec.template.spec.containers[*].resources`, `metadata.annotations["example.com/team"]`.
 *
 * @throws Refusal `invalid-ignore` with the place of the mistake.
 */
export function parseIgnorePath(text: string): IgnorePath {
  const patterns: Pattern[] = [];
  for (let at = 0; at < text.length; ) {
    STEP.lastIndex = at;
    const groups = STEP.exec(text)?.groups;
    // The first step is a name without a dot, every later name has one.
    if (!groups || (at === 0 && (!groups.name || groups.dot))) return invalid(text, at);
    patterns.push(toPattern(groups));
    at = STEP.lastIndex;
  }
  return patterns.length === 0 ? invalid(text, 0) : patterns;
}

/** Reads the value of the ignore annotation: paths separated by commas, white space around them. */
export function splitIgnoreList(text: string): readonly string[] {
  return (text.match(PATH_IN_LIST) ?? []).map((path) => path.trim()).filter((path) => path !== '');
}

/** What remains of ignore paths one step down. */
export function below(paths: readonly IgnorePath[], step: Step): Ignoring {
  if (paths.length === 0) return paths;
  const remaining: IgnorePath[] = [];
  for (const [first, ...rest] of paths) {
    if (!first || !matches(first, step)) continue;
    if (rest.length === 0) return 'all';
    remaining.push(rest);
  }
  return remaining;
}

function matches(pattern: Pattern, step: Step): boolean {
  switch (pattern.kind) {
    case 'any':
      return true;
    case 'index':
      return step.kind === 'index' && step.index === pattern.index;
    case 'name':
      return step.kind === 'field'
        ? step.name === pattern.name
        : step.kind === 'member' && step.value === pattern.name;
    case 'keys': {
      if (step.kind !== 'element') return false;
      const keys = new Map(step.keys.map(([key, value]) => [key, String(value)]));
      return [...pattern.keys].every(([key, value]) => keys.get(key) === value);
    }
  }
}

function toPattern({
  name,
  any,
  index,
  quoted,
  keys = '',
}: Record<string, string | undefined>): Pattern {
  if (name !== undefined) return { kind: 'name', name };
  if (any !== undefined) return { kind: 'any' };
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  if (quoted !== undefined) return { kind: 'name', name: unquote(quoted) };
  const pairs = [...keys.matchAll(ONE_SELECTOR)].map(
    ([, key = '', value = '']) => [key, unquote(value)] as const,
  );
  return { kind: 'keys', keys: new Map(pairs) };
}

function unquote(text: string): string {
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
}

function invalid(text: string, at: number): never {
  return refuse(
    'invalid-ignore',
    text,
    `must be a path such as spec.replicas or spec.template.spec.containers[name=web].image, got ${JSON.stringify(text)}, which cannot be read from character ${at + 1}; correct it there`,
  );
}
