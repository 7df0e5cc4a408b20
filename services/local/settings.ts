import { type Environment, loadConfig, port } from '@driftless/runtime';
import { z } from 'zod';

/** The operations ports of the two services are neighbours. */
const LAST_OPS_PORT = 65_534;

const schema = z.object({
  /** Where the pages are. */
  PORT: port().default(31_184),
  /** Where the marketplace finds the recommender. */
  RECOMMENDATIONS_PORT: port().default(50_051),
  /** `/metrics` and the rest of the marketplace; the recommender's are on the next port. */
  OPS_PORT: port()
    .refine((value) => value <= LAST_OPS_PORT, `must be at most ${LAST_OPS_PORT}`)
    .default(9_464),
});

/** Which ports to use. */
export type Settings = z.output<typeof schema>;

/** @throws {ConfigError} with every bad setting */
export const loadSettings = (environment: Environment): Settings => loadConfig(schema, environment);
