import { catalog } from '@driftless/catalog';
import {
  type RunningMarketplace,
  type RunningRecommendations,
  startMarketplace,
  startRecommendations,
} from '../site';

let recommendations: RunningRecommendations;
let site: RunningMarketplace;

beforeAll(async () => {
  recommendations = await startRecommendations();
  site = await startMarketplace(recommendations.port);
});

afterAll(async () => {
  await site.close();
  await recommendations.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(site.url + path, { headers, redirect: 'manual' });

const cookieOf = (response: Response, name: string) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));

const titlesIn = (html: string) =>
  [...html.matchAll(/class="card-title" lang="en">([^<]*)</g)].map(([, title]) => title);

describe('the home page', () => {
  it('shows six books of the first shelf, chosen by the recommender', async () => {
    const html = await (await get('/')).text();
    const shown = [...html.matchAll(/href="\/books\/(\d+)"/g)].map(([, id]) =>
      catalog.find(Number(id)),
    );
    expect(shown).toHaveLength(6);
    expect(shown.every((book) => book?.category === 'MYSTERY')).toBe(true);
    expect(html).toContain('asked for this page');
  });

  it('keeps a visitor and so the books', async () => {
    const first = await get('/?shelf=fantasy');
    const cookie = cookieOf(first, 'visitor');
    expect(cookie).toMatch(
      /^visitor=\d+\.[\w-]{43}; Max-Age=31536000; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/,
    );
    const titles = titlesIn(await first.text());
    const again = await get('/?shelf=fantasy', { cookie: cookie?.split(';')[0] ?? '' });
    expect(cookieOf(again, 'visitor')).toBeUndefined();
    expect(titlesIn(await again.text())).toEqual(titles);
  });

  it('gives a new visitor to who brings a cookie that is not ours', async () => {
    const response = await get('/', {
      cookie: 'visitor=1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    });
    expect(cookieOf(response, 'visitor')).toBeDefined();
    expect(cookieOf(response, 'visitor')).not.toMatch(/^visitor=1\./);
  });

  it('shows different visitors different books', async () => {
    const selections = await Promise.all(
      Array.from({ length: 8 }, async () => titlesIn(await (await get('/')).text()).join()),
    );
    expect(new Set(selections).size).toBeGreaterThan(4);
  });

  it('shows the first shelf for one that does not exist', async () => {
    const html = await (await get('/?shelf=nothing&shelf=more')).text();
    expect(html).toContain('Your Mystery picks');
  });
});

describe('the other pages', () => {
  it('shows a whole shelf', async () => {
    const html = await (await get('/categories/science-fiction')).text();
    const shelf = catalog.inCategory('SCIENCE_FICTION');
    for (const { id } of shelf) expect(html).toContain(`href="/books/${id}"`);
    expect(titlesIn(html)).toHaveLength(shelf.length + 3);
  });

  it('shows a book and more like it, with the reason', async () => {
    const html = await (await get('/books/2')).text();
    expect(html).toContain('<h1 lang="en">Murder on the Orient Express</h1>');
    expect(html).toContain('First published in 1934');
    expect(html).toContain('By the same author');
    expect(html).toMatch(/Also about \w+/);
  });

  it('finds books', async () => {
    const html = await (await get('/search?q=orient+exp')).text();
    expect(titlesIn(html)).toEqual(['Murder on the Orient Express']);
    expect(html).toContain('value="orient exp"');
    expect(await (await get('/search?q=qqqqqq')).text()).toContain('No book matches “qqqqqq”');
    expect((await get('/search')).status).toBe(200);
  });

  it('answers a search that ends in the middle of a character', async () => {
    const query = `${'a'.repeat(199)}😀`;
    expect((await get(`/search?q=${encodeURIComponent(query)}`)).status).toBe(200);
  });

  it.each([
    '/nothing',
    '/books/0',
    '/books/999999',
    '/books/1e1',
    '/books/__proto__',
    '/categories/nothing',
    '/%2e%2e/etc',
    '/assets/nothing.css',
    '/assets/..%2fpackage.json',
  ])('says that %s is not there', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('No such page');
  });

  it('serves assets that browsers may keep', async () => {
    const html = await (await get('/about')).text();
    const [, style = ''] = /href="(\/assets\/site\.css\?v=[0-9a-f]{12})"/.exec(html) ?? [];
    const response = await get(style);
    expect(response.headers.get('content-type')).toMatch(/^text\/css/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });
});

describe('the languages', () => {
  it.each([
    ['ja', 'ja'],
    ['ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
    ['en;q=0.3, ja;q=0.2', 'en'],
    ['de, fr;q=0.5', 'en'],
    ['*', 'en'],
    ['', 'en'],
  ])('answers Accept-Language %j in %s', async (accepted, locale) => {
    const response = await get('/about', { 'accept-language': accepted });
    expect(response.headers.get('content-language')).toBe(locale);
    expect(await response.text()).toContain(`<html lang="${locale}">`);
  });

  const choose = (form: Record<string, string>) =>
    fetch(`${site.url}/language`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });

  it('stay as chosen, whatever the browser would prefer', async () => {
    const response = await choose({ language: 'ja', address: '/books/2' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/books/2']);
    const cookie = cookieOf(response, 'language')?.split(';')[0] ?? '';
    const page = await get('/books/2', { cookie, 'accept-language': 'en' });
    expect(await page.text()).toContain('似ている本');
  });

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/\t/elsewhere.example',
    '',
  ])('lead nowhere else: %j', async (address) => {
    const response = await choose({ language: 'en', address });
    expect(response.headers.get('location')).toBe('/');
  });

  it('are those we have', async () => {
    expect((await choose({ language: 'tlh', address: '/' })).status).toBe(400);
    expect((await choose({})).status).toBe(400);
  });
});

describe('the panel', () => {
  it('names hops, times and the process, in the page and as Server-Timing', async () => {
    await get('/books/1');
    const response = await get('/?shelf=history');
    const html = await response.text();
    expect(response.headers.get('server-timing')).toMatch(
      /^dns;dur=[\d.]+, connect;dur=[\d.]+, rpc;dur=[\d.]+, render;dur=[\d.]+$/,
    );
    for (const text of [
      'Your browser',
      'no NodePort',
      'test-host',
      `127.0.0.1:${recommendations.port}`,
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain('Nobody watches for drift here.');
    const times = [...html.matchAll(/<data class="hop-time" value="([\d.]+)"/g)].map(([, ms]) =>
      Number(ms),
    );
    expect(times).toHaveLength(3);
    expect(times.every((ms) => Number.isFinite(ms))).toBe(true);
  });

  it('leaves the recommender out where none was asked', async () => {
    const response = await get('/about');
    expect(response.headers.get('server-timing')).not.toContain('rpc');
    expect(await response.text()).not.toContain('<span class="hop-name">recommendations</span>');
  });
});
