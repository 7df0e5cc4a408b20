import path from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  type RunningMarketplace,
  type RunningRecommendations,
  startMarketplace,
  startRecommendations,
} from '../site';
import { launchBrowser } from './browser';

const IMAGES = path.resolve(__dirname, '../../docs/images');

let recommendations: RunningRecommendations;
let site: RunningMarketplace;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  recommendations = await startRecommendations();
  site = await startMarketplace(recommendations.port);
});

afterAll(async () => {
  await browser?.close();
  await site.close();
  await recommendations.close();
});

/** Opens a page in a browser of its own; nothing may go wrong in it, and nothing be loaded from elsewhere. */
async function withPage(options: BrowserContextOptions, walk: (page: Page) => Promise<void>) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) complaints.push(`asked for ${request.url()}`);
  });
  await walk(page);
  expect(complaints).toEqual([]);
  await context.close();
}

describe('a visitor', () => {
  it('walks from the home page to a book, to one like it, to its shelf, and finds it by its author', () =>
    withPage({ locale: 'en-GB' }, async (page) => {
      await page.goto(site.url);
      await page.getByRole('link', { name: 'Fantasy' }).click();
      expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe(
        'Your Fantasy picks',
      );
      const card = page.locator('.card').first();
      const title = (await card.locator('.card-title').textContent()) ?? '';
      await card.getByRole('link').click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);

      await page.locator('.card a').first().click();
      const author = (await page.locator('.book-author').textContent()) ?? '';
      await page.locator('.crumb a').click();
      expect(await page.locator('.card').count()).toBeGreaterThan(25);

      await page.getByRole('searchbox').fill(author);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?q=*');
      const authors = await page.locator('.card-author').allTextContents();
      expect(authors).toContain(author);
    }));

  it('sees in the panel how long the browser itself waited', () =>
    withPage({}, async (page) => {
      await page.goto(site.url);
      const time = page.locator('#browser-time');
      await time.waitFor({ state: 'visible' });
      expect(await time.textContent()).toMatch(/^\d+\.\d ms$/);
      expect(await page.locator('.hop').count()).toBe(5);
    }));

  it('switches to Japanese and stays there', () =>
    withPage({ locale: 'en-GB' }, async (page) => {
      await page.goto(`${site.url}/books/4`);
      await page.getByRole('button', { name: '日本語' }).click();
      expect(page.url()).toBe(`${site.url}/books/4`);
      expect(await page.locator('html').getAttribute('lang')).toBe('ja');
      await page.goto(site.url);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('今日のあなたへ');
    }));

  it('needs no JavaScript', () =>
    withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(site.url);
      await page.locator('.card a').first().click();
      expect(await page.locator('.card').count()).toBe(6);
      await page.getByRole('searchbox').fill('dune');
      await page.getByRole('button', { name: 'Search' }).click();
      expect(await page.locator('.card-title').allTextContents()).toContain('The Dune Chronicles');
      await page.getByRole('button', { name: '日本語' }).click();
      expect(page.url()).toContain('/search?q=dune');
    }));

  it('needs no mouse', () =>
    withPage({}, async (page) => {
      await page.goto(site.url);
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('Skip to the books');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').textContent()).toBe('Mystery');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/?shelf=science-fiction');
    }));
});

const PAGES = [
  '/',
  '/categories/children',
  '/books/1',
  '/search?q=love',
  '/search?q=zzzz',
  '/about',
  '/nothing',
];

describe.each([
  ['light', 'en'],
  ['dark', 'ja'],
] as const)('the pages in %s and %s', (colorScheme, locale) => {
  it.each(PAGES)('%s have no accessibility violation', (address) =>
    withPageIgnoringStatus({ colorScheme, locale }, async (page) => {
      await page.goto(site.url + address);
      await page.evaluate(axe.source);
      const violations = await page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        );
      });
      expect(violations).toEqual([]);
    }),
  );
});

/** A 404 page is no complaint of its own. */
async function withPageIgnoringStatus(
  options: BrowserContextOptions,
  walk: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext(options);
  await walk(await context.newPage());
  await context.close();
}

describe('screenshots', () => {
  it.each([
    ['home', '/', 1280, 'light', 'en'],
    ['home-narrow', '/?shelf=fantasy', 390, 'dark', 'ja'],
    ['book', '/books/2', 820, 'light', 'en'],
  ] as const)(
    '%s has no sideways scrolling and is kept in docs',
    async (name, address, width, colorScheme, locale) => {
      await withPage({ viewport: { width, height: 800 }, colorScheme, locale }, async (page) => {
        await page.goto(site.url);
        await page.goto(site.url + address);
        await page.locator('#browser-time').waitFor({ state: 'visible' });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
        if (process.env.UPDATE_SCREENSHOTS) {
          await page.screenshot({ path: path.join(IMAGES, `${name}.png`), fullPage: true });
        }
      });
    },
  );
});
