import fc from 'fast-check';
import { z } from 'zod';
import { ConfigError, flag, integer, loadConfig, port, serviceSettings } from './config';

const schema = z.object({
  ...serviceSettings,
  PORT: port().default(5_000),
  RETRIES: integer(1, 10).default(3),
  REFLECTION: flag().default(false),
  API_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  ORIGINS: z
    .string()
    .transform((value) => ({ allowed: value.split(' ') }))
    .optional(),
});

/** What each setting refuses, and the rule that the error must state. */
const bad = {
  NODE_ENV: { rule: 'must be production, development or test', values: ['prod', 'Production'] },
  LOG_LEVEL: {
    rule: 'must be fatal, error, warn, info, debug, trace or silent',
    values: ['loud', 'INFO', '30'],
  },
  PORT: {
    rule: 'must be a whole number from 0 to 65535',
    values: ['-1', '65536', '80.5', ' 80', '8e1', '0x50', 'http', '9'.repeat(30), '80\n'],
  },
  DRAIN_MS: { rule: 'must be a whole number from 0 to 300000 ms', values: ['300001', '5s'] },
  RETRIES: { rule: 'must be a whole number from 1 to 10', values: ['0', '11', 'NaN'] },
  REFLECTION: { rule: 'must be true or false', values: ['yes', '1', 'TRUE'] },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    rule: 'must be an http or https URL',
    values: ['collector', 'localhost:4318', 'ftp://collector', 'http://'],
  },
  API_TOKEN: { rule: 'must have at least 16 characters', values: ['hunter2', 'swordfish'] },
} as const;

const good = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'warn',
  PORT: '8080',
  DRAIN_MS: '0',
  RETRIES: '10',
  REFLECTION: 'true',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
  API_TOKEN: 'a-token-that-is-long-enough',
} as const;

type Name = keyof typeof bad;
const names = Object.keys(bad) as Name[];

/** Any choice of settings, each with one of the values it refuses. */
const anyMistakes = fc
  .record(
    Object.fromEntries(names.map((name) => [name, fc.constantFrom<string>(...bad[name].values)])),
    { requiredKeys: [] },
  )
  .filter((mistakes) => Object.keys(mistakes).length > 0);

function problemsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('exactly the bad settings are reported, all at once, each with its rule and value', () => {
  fc.assert(
    fc.property(anyMistakes, (mistakes) => {
      const expected = Object.entries(mistakes).map(([name, value]) => {
        const shown = name === 'API_TOKEN' ? 'a value that is not shown' : JSON.stringify(value);
        return `${name} ${bad[name as Name].rule}, got ${shown}`;
      });
      const problems = problemsOf(() => loadConfig(schema, { ...good, ...mistakes }));
      expect([...problems].sort()).toEqual(expected.sort());
    }),
  );
});

test('every value that a setting should refuse is refused', () => {
  for (const name of names) {
    for (const value of bad[name].values) {
      expect(problemsOf(() => loadConfig(schema, { [name]: value }))).toHaveLength(1);
    }
  }
});

test('the error message lists one problem a line', () => {
  const error = new ConfigError(['PORT is wrong', 'HOST is wrong']);
  expect(error.message).toBe(
    'the configuration is not usable:\n  - PORT is wrong\n  - HOST is wrong',
  );
  expect(error.code).toBe('CONFIG_INVALID');
});

test.each(['COOKIE_SECRET', 'DB_PASSWORD', 'API_TOKEN', 'TLS_KEY'])(
  'the value of %s is never repeated in an error',
  (name) => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (secret) => {
        const strict = z.object({ [name]: z.string().refine(() => false, 'is not accepted') });
        const [problem] = problemsOf(() => loadConfig(strict, { [name]: secret }));
        expect(problem).toBe(`${name} is not accepted, got a value that is not shown`);
      }),
    );
  },
);

test('an empty variable counts as absent', () => {
  const empty = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, '']));
  expect(loadConfig(schema, empty)).toEqual(loadConfig(schema, {}));
  expect(loadConfig(schema, {})).toMatchObject({
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    HOST: '0.0.0.0',
    OPS_PORT: 9464,
    DRAIN_MS: 5000,
    VERSION: 'development',
    COMMIT: 'unknown',
  });
});

test('a required variable that is absent or empty is reported with "got nothing"', () => {
  const required = z.object({ REGION: z.string('must be set') });
  expect(problemsOf(() => loadConfig(required, {}))).toEqual(['REGION must be set, got nothing']);
  expect(problemsOf(() => loadConfig(required, { REGION: '' }))).toEqual([
    'REGION must be set, got nothing',
  ]);
});

test('variables that the schema does not name are not taken', () => {
  expect(loadConfig(schema, { HOME: '/root', ...good })).not.toHaveProperty('HOME');
});

test('whole numbers within the bounds are read as numbers, whatever the bounds', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer(), fc.integer(), fc.integer()).map((all) => all.sort((a, b) => a - b)),
      ([min = 0, value = 0, max = 0]) => {
        const bounded = z.object({ COUNT: integer(min, max) });
        expect(loadConfig(bounded, { COUNT: String(value) })).toEqual({ COUNT: value });
        expect(problemsOf(() => loadConfig(bounded, { COUNT: String(max + 1) }))).toHaveLength(1);
        expect(problemsOf(() => loadConfig(bounded, { COUNT: String(min - 1) }))).toHaveLength(1);
      },
    ),
  );
});

test('a flag is true or false', () => {
  expect(loadConfig(schema, { REFLECTION: 'true' }).REFLECTION).toBe(true);
  expect(loadConfig(schema, { REFLECTION: 'false' }).REFLECTION).toBe(false);
});

test('the configuration is frozen, and so is everything in it', () => {
  const config = loadConfig(schema, { ORIGINS: 'a b' });
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.ORIGINS)).toBe(true);
  expect(Object.isFrozen(config.ORIGINS?.allowed)).toBe(true);
});

test('rules between settings are checked together with the rules of each', () => {
  const pair = z
    .object({ PORT: port(), CERT_FILE: z.string().optional(), KEY_FILE: z.string().optional() })
    .refine((config) => !config.CERT_FILE === !config.KEY_FILE, {
      path: ['KEY_FILE'],
      message: 'and CERT_FILE must be set together',
      when: () => true,
    });
  const problems = problemsOf(() => loadConfig(pair, { PORT: 'http', CERT_FILE: 'tls.crt' }));
  expect(problems).toEqual([
    'PORT must be a whole number from 0 to 65535, got "http"',
    'KEY_FILE and CERT_FILE must be set together, got nothing',
  ]);
});
