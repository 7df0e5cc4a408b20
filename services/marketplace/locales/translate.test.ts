import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CATEGORIES, SUBJECTS } from '@driftless/catalog';
import en from './en.json';
import ja from './ja.json';
import { LOCALES, translator } from './translate';

type Texts = { [key: string]: string | Texts };

/** Every text by its whole key; the forms of a plural count as one. */
function flatten(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) => {
      const name = prefix + key.replace(/_(one|other)$/, '');
      return typeof value === 'string' ? [[name, value] as const] : [...flatten(value, `${name}.`)];
    }),
  );
}

const parametersOf = (text: string) =>
  [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

const views = path.join(__dirname, '../views');
const templates = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.njk'),
);

describe('the texts', () => {
  it('say the same things in every language', () => {
    const [english, japanese] = [flatten(en), flatten(ja)];
    expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of english) {
      expect([key, parametersOf(japanese.get(key) ?? '')]).toEqual([key, parametersOf(text)]);
    }
  });

  it.each(LOCALES)('name every category and subject in %s', (locale) => {
    const t = translator(locale);
    for (const category of CATEGORIES) expect(t(`category.${category}`)).not.toContain('category.');
    for (const subject of SUBJECTS) expect(t(`subject.${subject}`)).not.toContain('subject.');
    expect(Object.keys(en.subject).sort()).toEqual([...SUBJECTS].sort());
  });

  it('are all there that the templates ask for, and none that nobody asks for', () => {
    const keys = [...flatten(en).keys()];
    const source = templates.map((name) => readFileSync(path.join(views, name), 'utf8')).join('\n');
    const asked = [...source.matchAll(/\bt\('([\w.]+)'/g)].map(([, key]) => key ?? '');
    const exact = asked.filter((key) => !key.endsWith('.'));
    expect(exact.filter((key) => !keys.includes(key))).toEqual([]);
    const isAsked = (key: string) =>
      asked.some((name) => (name.endsWith('.') ? key.startsWith(name) : key === name));
    // `book.year` and its like are asked for by site-globals.ts.
    const fromCode = /^(book\.year|reason\.separator)/;
    expect(keys.filter((key) => !isAsked(key) && !fromCode.test(key))).toEqual([]);
  });
});
