import fc from 'fast-check';
import { siteGlobals } from './site-globals';
import { createViews } from './views';

const views = createViews(siteGlobals);
const card = (title: string) => ({
  known: null,
  book: { title, author: title, reason: { kind: 'SHARED_SUBJECTS', subjects: [title] } },
});

describe('views', () => {
  it('escape everything a value holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const html = views.fragment('parts/card', 'en', JSON.stringify(title), () =>
          card(`<${title}>`),
        );
        expect(html.toString().match(/<(?!\/?(li|span)[ >])/g)).toBeNull();
      }),
    );
  });

  it('render a fragment once for each language and key', () => {
    let renders = 0;
    const values = () => {
      renders += 1;
      return card('once');
    };
    for (const locale of ['en', 'ja', 'en'] as const)
      views.fragment('parts/card', locale, 'k', values);
    expect(renders).toBe(2);
  });

  it('fill slots where the template has them, and nowhere a value pretends to', () => {
    const values = () => ({
      address: '/',
      query: 'deadbeef:journey; {{ slot("journey") }}',
      isEmpty: false,
      books: [],
    });
    const html = views
      .shell('search', 'en', undefined, values)
      .fill({ journey: '<b>here</b>' })
      .toString();
    expect(html.split('<b>here</b>')).toHaveLength(2);
  });

  it('refuse a template a value that is not there', () => {
    expect(() => views.shell('search', 'en', undefined, () => ({}))).toThrow(/undefined/);
  });
});
