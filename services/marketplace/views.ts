import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { Environment, FileSystemLoader, runtime } from 'nunjucks';
import { type Locale, translator } from './locales/translate';

/** Values a template reads by name. */
export type TemplateValues = Record<string, unknown>;

/** What is filled into a shell: HTML that templates made. */
export type Slots = Record<string, string>;

/**
 * A page but for its slots. Pages of the same address differ only in these, so a shell is rendered
 * once for each language and address.
 */
export interface Shell {
  fill(slots: Slots): string;
}

/** Bounds of the two caches: some 15 KiB a shell, 600 bytes a fragment. */
const MAX_SHELLS = 1_000;
const MAX_FRAGMENTS = 10_000;

const SLOT = /<!--slot:(\w+)-->/;

/** Renders templates; the only place that knows the template engine. */
export interface Views {
  /**
   * @param key what the values depend on beside template and locale; undefined: not remembered
   * @param values read only when the shell is not remembered
   */
  shell(
    template: string,
    locale: Locale,
    key: string | undefined,
    values: () => TemplateValues,
  ): Shell;
  /** A part of a page; remembered by `key` when there is one. */
  fragment(
    template: string,
    locale: Locale,
    key: string | undefined,
    values: () => TemplateValues,
  ): string;
}

/** @param globals values every template can read */
export function createViews(globals: TemplateValues): Views {
  const folder = path.join(
    path.dirname(require.resolve('@driftless/marketplace/package.json')),
    'views',
  );
  const engine = new Environment(new FileSystemLoader(folder), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  for (const [name, value] of Object.entries(globals)) engine.addGlobal(name, value);
  // Templates cannot write a comment that looks like a slot from a value: values are escaped.
  engine.addGlobal('slot', (name: string) => new runtime.SafeString(`<!--slot:${name}-->`));
  const shells = new LRUCache<string, Shell>({ max: MAX_SHELLS });
  const fragments = new LRUCache<string, string>({ max: MAX_FRAGMENTS });
  const render = (template: string, locale: Locale, values: TemplateValues) =>
    engine.render(`${template}.njk`, { ...values, locale, t: translator(locale) });

  return {
    shell: (template, locale, key, values) =>
      remembered(shells, key && `${locale} ${template} ${key}`, () =>
        toShell(render(template, locale, values())),
      ),
    fragment: (template, locale, key, values) =>
      remembered(fragments, key && `${locale} ${template} ${key}`, () =>
        render(template, locale, values()),
      ),
  };
}

function remembered<Value extends object | string>(
  cache: LRUCache<string, Value>,
  key: string | undefined,
  make: () => Value,
): Value {
  if (key === undefined) return make();
  let value = cache.get(key);
  if (value === undefined) {
    value = make();
    cache.set(key, value);
  }
  return value;
}

/** Splits at the slots: text at even places, slot names at odd ones. */
function toShell(html: string): Shell {
  const pieces = html.split(SLOT);
  return {
    fill: (slots) =>
      pieces.map((piece, index) => (index % 2 ? (slots[piece] ?? '') : piece)).join(''),
  };
}
