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
    /** Port of the gRPC server. */
    PORT: port().default(50_051),
    /** PEM files of the server's own certificate. Replaced files are read again within seconds. */
    TLS_CERT_FILE: z.string().optional(),
    TLS_KEY_FILE: z.string().optional(),
    /** PEM file of the authorities whose clients may call; set, a client without a certificate is refused. */
    TLS_CLIENT_CA_FILE: z.string().optional(),
    /** In production a server without TLS must be asked for. */
    ALLOW_PLAINTEXT: flag().default(false),
    /** Lets tools such as grpcurl ask for the service's description. */
    REFLECTION: flag().default(false),
    /** Largest request taken. One is some 20 bytes. */
    MAX_MESSAGE_BYTES: integer(64, 4_194_304, 'bytes').default(16_384),
    /** A call that takes longer, for want of its message for instance, is ended. */
    MAX_CALL_MS: integer(10, 600_000, 'ms').default(5_000),
    /** After it a connection is asked to go away, so that clients find new replicas. */
    MAX_CONNECTION_AGE_MS: integer(1_000, 86_400_000, 'ms').default(300_000),
    /** How often a client must give a sign of life; one that does not, twice, is hung up on. */
    KEEPALIVE_MS: integer(100, 600_000, 'ms').default(5_000),
  })
  .refine((config) => !config.TLS_CERT_FILE === !config.TLS_KEY_FILE, {
    path: ['TLS_KEY_FILE'],
    message: 'and TLS_CERT_FILE must be set together',
    when: () => true,
  })
  .refine((config) => !config.TLS_CLIENT_CA_FILE || config.TLS_CERT_FILE, {
    path: ['TLS_CERT_FILE'],
    message: 'must be set when TLS_CLIENT_CA_FILE is',
    when: () => true,
  })
  .refine(
    (config) => config.NODE_ENV !== 'production' || config.TLS_CERT_FILE || config.ALLOW_PLAINTEXT,
    {
      path: ['TLS_CERT_FILE'],
      message: 'must be set in production (ALLOW_PLAINTEXT=true to do without)',
      when: () => true,
    },
  );

/** The configuration of the recommendations service. */
export type Settings = z.output<typeof schema>;

/** @throws {ConfigError} with every bad setting */
export const loadSettings = (environment: Environment): Settings => loadConfig(schema, environment);
