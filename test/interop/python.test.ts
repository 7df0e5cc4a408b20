import { catalog } from '@driftless/catalog';
import { startMarketplace, startRecommendations } from '../site';
import { PythonTutorial, whatPythonLacks } from './python';

const lacking = whatPythonLacks();
// Continuous integration must not pass without these tests.
if (lacking && process.env.CI) throw new Error(lacking);
if (lacking) console.warn(`The tests with Python are skipped: ${lacking}`);
const describeWherePython = lacking ? describe.skip : describe;

// Every call of the client starts an interpreter.
jest.setTimeout(30_000);

const TUTORIALS_MYSTERIES = [
  'The Maltese Falcon',
  'Murder on the Orient Express',
  'The Hound of the Baskervilles',
];

describeWherePython('the Python tutorial', () => {
  let tutorial: PythonTutorial;

  beforeAll(async () => {
    tutorial = new PythonTutorial();
    await tutorial.generate();
  });
  afterAll(() => tutorial.close());

  describe('its client and our service', () => {
    let service: Awaited<ReturnType<typeof startRecommendations>>;

    beforeAll(async () => {
      service = await startRecommendations();
    });
    afterAll(() => service.close());

    const ask = (request: Parameters<PythonTutorial['ask']>[1]) =>
      tutorial.ask(service.port, request);

    it('gets as many books of the category as it asks for, under the titles of the catalogue', async () => {
      const answer = await ask({ user_id: 1, category: 'SCIENCE_FICTION', max_results: 3 });
      expect(answer).toEqual({ books: [expect.anything(), expect.anything(), expect.anything()] });
      for (const [id, title] of 'books' in answer ? answer.books : []) {
        expect(catalog.find(id)).toMatchObject({ title, category: 'SCIENCE_FICTION' });
      }
    });

    it('gets the whole shelf when it asks for more than there is', async () => {
      const answer = await ask({ user_id: 1, category: 'SELF_HELP', max_results: 100 });
      const books = 'books' in answer ? answer.books : [];
      const shelf = catalog.inCategory('SELF_HELP').map(({ id, title }) => [id, title]);
      expect([...books].sort(([one], [other]) => one - other)).toEqual(shelf);
      expect(shelf).toContainEqual([9, "Man's Search for Meaning"]);
    });

    it('is told that a category is not found in the words of its own server', async () => {
      expect(await ask({ user_id: 1, category: 99, max_results: 1 })).toEqual({
        code: 'NOT_FOUND',
        details: 'Category not found',
      });
    });
  });

  describe('its server and our marketplace', () => {
    let site: Awaited<ReturnType<typeof startMarketplace>>;

    beforeAll(async () => {
      site = await startMarketplace(await tutorial.startServer(), {
        // Python starts its threads at the first call.
        RECOMMENDATIONS_DEADLINE_MS: '5000',
      });
    });
    afterAll(() => site.close());

    const titlesAt = async (path: string) => {
      const response = await fetch(site.url + path);
      expect(response.status).toBe(200);
      const html = await response.text();
      return [...html.matchAll(/class="card-title" lang="en">([^<]*)</g)].map(([, title]) => title);
    };

    it('fills the home page with the three books that it has, though six are asked for', async () => {
      expect((await titlesAt('/')).sort()).toEqual([...TUTORIALS_MYSTERIES].sort());
    });

    it('answers for a book with what it would say to anyone, not knowing of similar books', async () => {
      const titles = await titlesAt('/books/1');
      expect(titles.length).toBeGreaterThan(0);
      for (const title of titles) expect(TUTORIALS_MYSTERIES).toContain(title);
    });

    it('leaves a shelf that it does not have without recommendations and the page whole', async () => {
      const response = await fetch(`${site.url}/categories/fantasy`);
      expect(response.status).toBe(200);
    });
  });
});
