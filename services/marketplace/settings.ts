import {
  type Environment,
  flag,
  integer,
  loadConfig,
  port,
  serviceSettings,
} from '@driftless/runtime';
import { z } from 'zod';

const schema = z
  .object({
    ...serviceSettings,
    /** Port of the web pages. */
    PORT: port().default(5_000),
    RECOMMENDATIONS_HOST: z.string().default('localhost'),
    RECOMMENDATIONS_PORT: port().default(50_051),
    /** How long a page waits for recommendations, retries included. */
    RECOMMENDATIONS_DEADLINE_MS: integer(10, 10_000, 'ms').default(300),
    /** How long an answer is used again without asking; 0: every page asks. */
    RECOMMENDATIONS_CACHE_MS: integer(0, 3_600_000, 'ms').default(30_000),
    /** PEM file of the authority of the recommender's certificate; set, the call uses TLS. */
    RECOMMENDATIONS_CA_FILE: z.string().optional(),
    /** PEM files of our own certificate, for mutual TLS. Replaced files are read again within seconds. */
    RECOMMENDATIONS_CERT_FILE: z.string().optional(),
    RECOMMENDATIONS_KEY_FILE: z.string().optional(),
    /** In production a call without TLS must be asked for. */
    ALLOW_PLAINTEXT: flag().default(false),
    /** Signs the visitor's cookie. Several, separated by commas: the first signs, all verify. */
    COOKIE_SECRET: z
      .string()
      .transform((value) => value.split(',').map((secret) => secret.trim()))
      .refine(
        (secrets) => secrets.every((secret) => secret.length >= 32),
        'must have at least 32 characters each',
      )
      .optional(),
    /** Requests a client may make in a minute; assets do not count. */
    RATE_LIMIT_PER_MINUTE: integer(1, 10_000_000).default(600),
    /** Proxies in front of this process whose X-Forwarded-For is believed. */
    TRUSTED_PROXY_HOPS: integer(0, 10).default(0),
    /** The drift operator's `/status`; absent: the panel says that nobody watches. */
    DRIFT_STATUS_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .optional(),
  })
  .refine((config) => config.NODE_ENV !== 'production' || config.COOKIE_SECRET, {
    path: ['COOKIE_SECRET'],
    message: 'must be set in production',
    when: () => true,
  })
  .refine((config) => !config.RECOMMENDATIONS_CERT_FILE === !config.RECOMMENDATIONS_KEY_FILE, {
    path: ['RECOMMENDATIONS_KEY_FILE'],
    message: 'and RECOMMENDATIONS_CERT_FILE must be set together',
    when: () => true,
  })
  .refine(
    (config) =>
      config.NODE_ENV !== 'production' || config.RECOMMENDATIONS_CA_FILE || config.ALLOW_PLAINTEXT,
    {
      path: ['RECOMMENDATIONS_CA_FILE'],
      message: 'must be set in production (ALLOW_PLAINTEXT=true to do without)',
      when: () => true,
    },
  );

/** The configuration of the marketplace. */
export type Settings = z.output<typeof schema>;

/** @throws {ConfigError} with every bad setting */
export const loadSettings = (environment: Environment): Settings => loadConfig(schema, environment);
