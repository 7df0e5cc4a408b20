import { type Environment, integer, loadConfig } from '@driftless/runtime';
import { z } from 'zod';

/** Not 0, the system's choice: the services and the browser must know the number beforehand. */
const port = () => integer(1, 65_535);

const schema = z.object({
  /** Where the pages are. */
  PORT: port().default(31_184),
  /** Where the marketplace finds the recommender. */
  RECOMMENDATIONS_PORT: port().default(50_051),
  /** `/metrics` and the rest of the marketplace; the recommender's are on the next port. */
  OPS_PORT: integer(1, 65_534).default(9_464),
});

/** Which ports to use. */
export type Settings = z.output<typeof schema>;

/** @throws {ConfigError} with every bad setting */
export const loadSettings = (environment: Environment): Settings => loadConfig(schema, environment);
