import { ConfigError } from '@driftless/runtime';
import fc from 'fast-check';
import { loadSettings } from './settings';

const PRODUCTION = {
  NODE_ENV: 'production',
  COOKIE_SECRET: 'x'.repeat(32),
  RECOMMENDATIONS_CA_FILE: '/tls/ca.pem',
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const namesOf = (problems: readonly string[]) => problems.map((line) => line.split(' ')[0]).sort();

describe('settings', () => {
  it('needs nothing outside production', () => {
    expect(loadSettings({})).toMatchObject({
      PORT: 5000,
      RECOMMENDATIONS_HOST: 'localhost',
      RECOMMENDATIONS_PORT: 50_051,
      RECOMMENDATIONS_DEADLINE_MS: 300,
      TRUSTED_PROXY_HOPS: 0,
    });
  });

  it('demands a secret and TLS in production, both at once, and even beside another mistake', () => {
    expect(namesOf(problemsOf({ NODE_ENV: 'production', PORT: 'none' }))).toEqual([
      'COOKIE_SECRET',
      'PORT',
      'RECOMMENDATIONS_CA_FILE',
    ]);
    expect(problemsOf(PRODUCTION)).toEqual([]);
  });

  it('takes plaintext in production only when it is asked for', () => {
    const { RECOMMENDATIONS_CA_FILE: _, ...rest } = PRODUCTION;
    expect(problemsOf({ ...rest, ALLOW_PLAINTEXT: 'true' })).toEqual([]);
    expect(problemsOf({ ...rest, ALLOW_PLAINTEXT: 'yes' })).toContain(
      'ALLOW_PLAINTEXT must be true or false, got "yes"',
    );
  });

  it('demands certificate and key together', () => {
    expect(namesOf(problemsOf({ RECOMMENDATIONS_CERT_FILE: '/tls/cert.pem' }))).toEqual([
      'RECOMMENDATIONS_KEY_FILE',
    ]);
  });

  it('takes several cookie secrets and refuses a short one without repeating it', () => {
    const [first, second] = ['a'.repeat(32), 'b'.repeat(40)];
    expect(loadSettings({ COOKIE_SECRET: `${first}, ${second}` }).COOKIE_SECRET).toEqual([
      first,
      second,
    ]);
    const [problem] = problemsOf({ COOKIE_SECRET: `${first},tooshort` });
    expect(problem).toMatch(/^COOKIE_SECRET must have at least 32 characters each/);
    expect(problem).not.toContain('tooshort');
    expect(namesOf(problemsOf({ COOKIE_SECRET: `${first},` }))).toEqual(['COOKIE_SECRET']);
  });

  it('names exactly the numbers that are out of their bounds', () => {
    const bounds = {
      PORT: [0, 65_535],
      RECOMMENDATIONS_DEADLINE_MS: [10, 10_000],
      RECOMMENDATIONS_CACHE_MS: [0, 3_600_000],
      RATE_LIMIT_PER_MINUTE: [1, 10_000_000],
      TRUSTED_PROXY_HOPS: [0, 10],
      DRAIN_MS: [0, 300_000],
    } as const;
    const names = Object.keys(bounds) as (keyof typeof bounds)[];
    const value = (name: keyof typeof bounds) => {
      const [min, max] = bounds[name];
      return fc.oneof(
        fc.integer({ min, max }).map((number) => ({ text: String(number), isGood: true })),
        fc
          .constantFrom(String(min - 1), String(max + 1), '1.5', '1e3', ' 5', '0x10', 'NaN')
          .map((text) => ({
            text,
            isGood: false,
          })),
      );
    };
    const environments = fc.record(Object.fromEntries(names.map((name) => [name, value(name)])));
    fc.assert(
      fc.property(environments, (chosen) => {
        const entries = Object.entries(chosen);
        const bad = entries.filter(([, { isGood }]) => !isGood).map(([name]) => name);
        const problems = problemsOf(
          Object.fromEntries(entries.map(([name, { text }]) => [name, text])),
        );
        expect(namesOf(problems)).toEqual(bad.sort());
      }),
    );
  });
});
