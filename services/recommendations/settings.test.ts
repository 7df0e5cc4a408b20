import { ConfigError } from '@driftless/runtime';
import fc from 'fast-check';
import { loadSettings } from './settings';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('an empty environment is enough', () => {
  expect(loadSettings({})).toMatchObject({
    PORT: 50_051,
    REFLECTION: false,
    ALLOW_PLAINTEXT: false,
    MAX_MESSAGE_BYTES: 16_384,
    MAX_CALL_MS: 5_000,
    MAX_CONNECTION_AGE_MS: 300_000,
    KEEPALIVE_MS: 5_000,
  });
});

test.each([
  ['MAX_MESSAGE_BYTES', 64, 4_194_304],
  ['MAX_CALL_MS', 10, 600_000],
  ['MAX_CONNECTION_AGE_MS', 1_000, 86_400_000],
  ['KEEPALIVE_MS', 100, 600_000],
  ['PORT', 0, 65_535],
] as const)('%s is a whole number from %d to %d', (name, min, max) => {
  fc.assert(
    fc.property(fc.integer({ min: min - 1_000, max: max + 1_000 }), (value) => {
      const problems = problemsOf({ [name]: String(value) });
      if (value >= min && value <= max) expect(problems).toEqual([]);
      else expect(problems).toEqual([expect.stringMatching(`^${name} .*${min} to ${max}`)]);
    }),
    { examples: [[min], [max], [min - 1], [max + 1]] },
  );
});

test.each([
  [{ TLS_CERT_FILE: '/tls.crt' }, ['TLS_KEY_FILE']],
  [{ TLS_KEY_FILE: '/tls.key' }, ['TLS_KEY_FILE']],
  [{ TLS_CLIENT_CA_FILE: '/ca.crt' }, ['TLS_CERT_FILE']],
  [{ NODE_ENV: 'production' }, ['TLS_CERT_FILE']],
  [{ NODE_ENV: 'production', ALLOW_PLAINTEXT: 'true' }, []],
  [{ NODE_ENV: 'production', TLS_CERT_FILE: '/tls.crt', TLS_KEY_FILE: '/tls.key' }, []],
  [{ NODE_ENV: 'production', REFLECTION: 'yes' }, ['REFLECTION', 'TLS_CERT_FILE']],
  [{ TLS_KEY_FILE: '/tls.key', REFLECTION: 'yes' }, ['REFLECTION', 'TLS_KEY_FILE']],
  [{ TLS_CLIENT_CA_FILE: '/ca.crt', REFLECTION: 'yes' }, ['REFLECTION', 'TLS_CERT_FILE']],
])('%j has mistakes in %j, all said at once', (environment, names) => {
  expect(problemsOf(environment).map((problem) => problem.split(' ')[0])).toEqual(names);
});
