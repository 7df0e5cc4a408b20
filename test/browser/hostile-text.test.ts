import { recommendationsService } from '@driftless/proto';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { type RunningMarketplace, startMarketplace } from '../site';
import { launchBrowser } from './browser';

const STRINGS = 1_000;

/** How many titles one answer brings. */
const BATCH = 50;

/** Markup that has broken out of text, attributes, URLs, comments and templates elsewhere. */
const ATTACKS = [
  '<script>hit()</script>',
  '"><img src=x onerror=hit()>',
  "'><svg/onload=hit()>",
  '</title><script>hit()</script>',
  '</textarea><script>hit()</script>',
  '--><script>hit()</script>',
  '" autofocus onfocus=hit() x="',
  "' onmouseover='hit()",
  'javascript:hit()',
  '{{ range.constructor("hit()")() }}',
  '{% set x = hit() %}{{ 7 * 7 }}',
  '<iframe srcdoc="<script>parent.hit()</script>">',
  '<a href="javascript:hit()">x</a>',
  '<style>*{background:url(//elsewhere.example)}</style>',
  '<meta http-equiv=refresh content="0;url=//elsewhere.example">',
  '<base href="//elsewhere.example">',
  '\u2028<script>hit()</script>\u0000',
  '&lt;script&gt;hit()&lt;/script&gt;',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=hit()>',
  '\u202e<b>\ufeff',
] as const;

const hostile = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...ATTACKS) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(''));

/** Seeded, so that a failure is the same tomorrow. */
const strings = fc.sample(hostile, { numRuns: STRINGS, seed: 31_184 });

let titles: string[] = [];
let recommender: Server;
let site: RunningMarketplace;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  recommender = new Server();
  recommender.addService(recommendationsService, {
    Recommend: (_call: unknown, callback: sendUnaryData<object>) =>
      callback(null, {
        recommendations: titles.map((title, id) => ({
          id: id % 2 ? 1 : 0,
          title,
          author: title,
          reason: { kind: 'SHARED_SUBJECTS', subjects: [title] },
        })),
        servedBy: {
          pod: titles[0],
          node: titles[0],
          zone: titles[0],
          version: titles[0],
          commit: titles[0],
        },
      }),
  });
  const port = await new Promise<number>((resolve) =>
    recommender.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_error, bound) =>
      resolve(bound),
    ),
  );
  site = await startMarketplace(port, { RECOMMENDATIONS_CACHE_MS: '0' });
});

afterAll(async () => {
  await browser?.close();
  await site.close();
  recommender.forceShutdown();
});

/** What no text of others may bring into a page: elements and attributes that are not ours. */
function foreignMarkup(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const OURS =
      /^(A|ARTICLE|BODY|BUTTON|CODE|DATA|DIV|FOOTER|FORM|H1|H2|HEAD|HEADER|HTML|INPUT|LABEL|LI|LINK|MAIN|META|NAV|OL|P|PATH|SCRIPT|SECTION|SPAN|STRONG|SVG|TITLE|UL)$/i;
    const found: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      const isOurs =
        OURS.test(element.tagName) &&
        (element.tagName !== 'SCRIPT' || element.getAttribute('src')?.startsWith('/assets/')) &&
        (element.tagName !== 'META' || !element.hasAttribute('http-equiv')) &&
        ![...element.attributes].some(
          ({ name, value }) =>
            name.startsWith('on') || (/^\s*javascript:/i.test(value) && name !== 'value'),
        );
      if (!isOurs) found.push(element.outerHTML.slice(0, 200));
    }
    return found;
  });
}

describe('1,000 hostile strings', () => {
  it('bring no live markup into a page, wherever they are shown', async () => {
    const context = await browser.newContext();
    const hits: string[] = [];
    await context.exposeFunction('hit', () => hits.push('a script ran'));
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) hits.push(`asked for ${request.url()}`);
    });
    for (let start = 0; start < STRINGS; start += BATCH) {
      titles = strings.slice(start, start + BATCH);
      for (const locale of ['en', 'ja']) {
        await context.setExtraHTTPHeaders({ 'accept-language': locale });
        await page.goto(site.url);
        expect(await page.locator('.card').count()).toBe(BATCH);
        expect(await foreignMarkup(page)).toEqual([]);
      }
    }
    expect(hits).toEqual([]);
    await context.close();
  }, 60_000);

  it('are shown as they are when they were searched for', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    for (const text of strings) {
      const query = text.slice(0, 200).toWellFormed();
      const response = await fetch(`${site.url}/search?q=${encodeURIComponent(query)}`);
      // Parsed by the browser, without the cost of a thousand navigations.
      const shown = await page.evaluate(
        (html) => {
          const parsed = new DOMParser().parseFromString(html, 'text/html');
          return [
            parsed.querySelector('#q')?.getAttribute('value'),
            parsed.querySelectorAll('main :not(section, h1, p)').length,
          ];
        },
        (await response.text()).replace(/<section aria-label=.*?<\/section>/s, ''),
      );
      expect(shown).toEqual([query.replaceAll('\u0000', '\ufffd').replaceAll('\r', '\n'), 0]);
    }
    await context.close();
  }, 60_000);
});
