import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { Environment, FileSystemLoader } from 'nunjucks';
import { type Locale, translator } from './locales/translate';

/** Values a template reads by name. */
export type TemplateValues = Record<string, unknown>;

/** What is filled into a shell, as it is: HTML that templates made, and numbers. */
export type Slots = Record<string, Buffer | string>;

/**
 * Rendered HTML but for its slots. Pages of the same address differ only in these, so a shell is
 * rendered, and encoded, once for each language and address.
 */
export interface Shell {
  fill(slots: Slots): Buffer;
}

/** Bounds of the two caches: some 15 KiB a shell, 600 bytes a fragment. */
const MAX_SHELLS = 1_000;
const MAX_FRAGMENTS = 10_000;

/** What a slot looks like in rendered HTML. Nobody outside this process can write one. */
const SLOT_SECRET = randomBytes(16).toString('hex');
const SLOT = new RegExp(`${SLOT_SECRET}:(\\w+);`);

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
  /** A part of a page, remembered by `key`. */
  fragment(template: string, locale: Locale, key: string, values: () => TemplateValues): Buffer;
}

/** @param globals values every template can read */
export function createViews(globals: TemplateValues): Views {
  const engine = createEngine(globals);
  const shells = new LRUCache<string, Shell>({ max: MAX_SHELLS });
  const fragments = new LRUCache<string, Buffer>({ max: MAX_FRAGMENTS });
  const render = (template: string, locale: Locale, values: TemplateValues) =>
    engine.render(`${template}.njk`, { ...values, locale, t: translator(locale) });

  return {
    shell(template, locale, key, values) {
      const make = () => toShell(render(template, locale, values()));
      return key === undefined ? make() : remembered(shells, `${locale} ${template} ${key}`, make);
    },
    fragment: (template, locale, key, values) =>
      remembered(fragments, `${locale} ${template} ${key}`, () =>
        Buffer.from(render(template, locale, values())),
      ),
  };
}

function createEngine(globals: TemplateValues): Environment {
  const root = path.dirname(require.resolve('@driftless/marketplace/package.json'));
  const engine = new Environment(new FileSystemLoader(path.join(root, 'views')), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  for (const [name, value] of Object.entries(globals)) engine.addGlobal(name, value);
  engine.addGlobal('slot', (name: string) => `${SLOT_SECRET}:${name};`);
  return engine;
}

function remembered<Value extends object>(
  cache: LRUCache<string, Value>,
  key: string,
  make: () => Value,
): Value {
  let value = cache.get(key);
  if (value === undefined) {
    value = make();
    cache.set(key, value);
  }
  return value;
}

/** Splits at the slots: text at even places, slot names at odd ones. */
function toShell(html: string): Shell {
  const pieces = html.split(SLOT).map((piece, index) => (index % 2 ? piece : Buffer.from(piece)));
  return {
    fill: (slots) =>
      Buffer.concat(
        pieces.map((piece) => {
          if (typeof piece !== 'string') return piece;
          const filling = slots[piece] ?? '';
          return typeof filling === 'string' ? Buffer.from(filling) : filling;
        }),
      ),
  };
}
