import { z } from 'zod';

/** Environment variables as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown by {@link loadConfig}; the message lists every bad setting, one a line. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  constructor(readonly problems: readonly string[]) {
    super(`the configuration is not usable:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads a configuration from environment variables.
 *
 * An empty variable counts as absent, as in POSIX shells and Kubernetes manifests.
 * Values of variables whose name ends in SECRET, PASSWORD, TOKEN or KEY are not repeated in errors.
 *
 * @returns the parsed values, deeply read-only at run time too
 * @throws {ConfigError} naming every variable at fault, the value got and the rule
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
): Readonly<z.output<Schema>> {
  const present = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) =>
      environment[name] ? [[name, environment[name]]] : [],
    ),
  );
  const result = schema.safeParse(present);
  if (result.success) return deepFreeze(result.data);
  throw new ConfigError(
    result.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '');
      return `${name} ${issue.message}, got ${shown(name, environment[name])}`;
    }),
  );
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

function shown(name: string, value: string | undefined): string {
  if (!value) return 'nothing';
  return /(SECRET|PASSWORD|TOKEN|KEY)$/.test(name)
    ? 'a value that is not shown'
    : JSON.stringify(value);
}

/** An integer variable between two bounds, both allowed. `unit` ends the message ("ms", "bytes"). */
export function integer(min: number, max: number, unit = ''): z.ZodType<number, string> {
  const rule = `must be a whole number from ${min} to ${max}${unit && ` ${unit}`}`;
  return z
    .string()
    .regex(/^-?\d{1,15}$/, rule)
    .transform(Number)
    .refine((value) => value >= min && value <= max, rule);
}

/** A TCP port; 0 lets the system choose a free one. */
export const port = (): z.ZodType<number, string> => integer(0, 65_535);

/** A switch: `true` or `false`, nothing else. */
export const flag = (): z.ZodType<boolean, string> =>
  z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

/** Settings that every service has. */
export const serviceSettings = {
  /** `production` demands the secrets that other environments make up. */
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .default('development'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  /** Address to listen on, for the service's port and the operations port. */
  HOST: z.string().default('0.0.0.0'),
  /** Port of `/livez`, `/readyz`, `/metrics` and `/info`. */
  OPS_PORT: port().default(9464),
  /** How long to go on answering after SIGTERM, while load balancers learn of it. */
  DRAIN_MS: integer(0, 300_000, 'ms').default(5_000),
  /** OTLP/HTTP endpoint of a trace collector; absent: no traces. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional(),
  VERSION: z.string().default('development'),
  COMMIT: z.string().default('unknown'),
  POD_NAME: z.string().optional(),
  NODE_NAME: z.string().optional(),
  ZONE: z.string().optional(),
} as const;

/** What {@link serviceSettings} becomes. */
export type ServiceConfig = z.output<z.ZodObject<typeof serviceSettings>>;
