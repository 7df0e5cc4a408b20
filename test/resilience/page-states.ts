/** What a page says of its recommendations. */
export type PageState = 'called' | 'cached' | 'last-good' | 'unavailable';

/** One page as a client saw it. */
export interface SeenPage {
  readonly status: number;
  readonly state: PageState | undefined;
  readonly durationMs: number;
}

const SIGNS: readonly (readonly [PageState, string])[] = [
  ['unavailable', 'Everything else is here: try a shelf or the search.'],
  ['last-good', 'These are its last picks.'],
  ['cached', 's ago</span>'],
  ['called', 'asked for this page'],
];

/** Requests a page as a new visitor. */
export async function seePage(url: string): Promise<SeenPage> {
  const startedAt = performance.now();
  const response = await fetch(url);
  const html = await response.text();
  const durationMs = performance.now() - startedAt;
  const panel = html.slice(html.indexOf('>recommendations</span>'));
  const state = SIGNS.find(([name, sign]) =>
    (name === 'called' || name === 'cached' ? panel : html).includes(sign),
  );
  return { status: response.status, state: state?.[0], durationMs };
}

/** Requests pages until one was answered by the recommender itself. @returns how long that took, in ms */
export async function timeToRecover(url: string, limitMs: number): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < limitMs) {
    if ((await seePage(url)).state === 'called') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - startedAt;
}
