import type { Environment } from '@driftless/runtime';
import type { Settings } from './settings';

/** One service as it is started on this machine. */
export interface LocalService {
  readonly name: string;
  /** What it adds to the environment it is started in. */
  readonly environment: Environment;
  readonly opsPort: number;
}

/** One port that must be free, and the variable that chooses another one. */
export interface NeededPort {
  readonly setting: keyof Settings;
  readonly port: number;
}

/** Reached from this machine alone. */
export const HOST = '127.0.0.1';

/** The services and how they find each other. Nobody else's requests have to be drained: DRAIN_MS is 0. */
export function localServices({ PORT, RECOMMENDATIONS_PORT, OPS_PORT }: Settings): LocalService[] {
  const common = { HOST, DRAIN_MS: '0' };
  return [
    {
      name: 'recommendations',
      opsPort: OPS_PORT + 1,
      environment: {
        ...common,
        PORT: String(RECOMMENDATIONS_PORT),
        OPS_PORT: String(OPS_PORT + 1),
      },
    },
    {
      name: 'marketplace',
      opsPort: OPS_PORT,
      environment: {
        ...common,
        PORT: String(PORT),
        OPS_PORT: String(OPS_PORT),
        RECOMMENDATIONS_HOST: 'localhost',
        RECOMMENDATIONS_PORT: String(RECOMMENDATIONS_PORT),
      },
    },
  ];
}

/** Every port {@link localServices} listens on. */
export function neededPorts({ PORT, RECOMMENDATIONS_PORT, OPS_PORT }: Settings): NeededPort[] {
  return [
    { setting: 'PORT', port: PORT },
    { setting: 'RECOMMENDATIONS_PORT', port: RECOMMENDATIONS_PORT },
    { setting: 'OPS_PORT', port: OPS_PORT },
    { setting: 'OPS_PORT', port: OPS_PORT + 1 },
  ];
}
