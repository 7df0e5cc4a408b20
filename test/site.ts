import type { AddressInfo } from 'node:net';
import { catalog } from '@driftless/catalog';
import { createMarketplace, loadSettings } from '@driftless/marketplace';
import {
  createRanking,
  createRecommendationsServer,
  loadSettings as loadRecommendationsSettings,
  serverCredentials,
} from '@driftless/recommendations';
import {
  closeServer,
  createLogger,
  createRegistry,
  type Environment,
  identityOf,
  Lifecycle,
  listen,
} from '@driftless/runtime';

const HOST = '127.0.0.1';

/** Log lines as objects, for tests that read them. */
export type LogLines = Record<string, unknown>[];

/** The recommendations service in this process. */
export interface RunningRecommendations {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the real recommendations service on `port` (0: any). */
export async function startRecommendations(
  port = 0,
  environment: Environment = {},
): Promise<RunningRecommendations> {
  const settings = loadRecommendationsSettings(environment);
  const identity = identityOf('recommendations', settings, 'test-host');
  const server = createRecommendationsServer({
    ranking: createRanking(catalog.books),
    identity,
    log: createLogger(identity, 'silent'),
    observe: () => undefined,
    credentials: serverCredentials(settings),
    limits: settings,
    now: Date.now,
  });
  const bound = await server.listen(HOST, port);
  return { port: bound, close: () => server.close(0) };
}

/** The marketplace in this process. */
export interface RunningMarketplace {
  readonly url: string;
  readonly port: number;
  readonly log: LogLines;
  readonly lifecycle: Lifecycle;
  /** Prometheus text. */
  metrics(): Promise<string>;
  close(): Promise<void>;
}

/** Starts the real marketplace on any port, with the recommender at `recommendationsPort`. */
export async function startMarketplace(
  recommendationsPort: number,
  environment: Environment = {},
): Promise<RunningMarketplace> {
  const config = loadSettings({
    RECOMMENDATIONS_HOST: HOST,
    RECOMMENDATIONS_PORT: String(recommendationsPort),
    RATE_LIMIT_PER_MINUTE: '1000000',
    ...environment,
  });
  const identity = identityOf('marketplace', config, 'test-host');
  const lines: LogLines = [];
  const log = createLogger(identity, 'info', {
    write: (line) => void lines.push(JSON.parse(line)),
  });
  const lifecycle = new Lifecycle(log, 0);
  const registry = createRegistry(identity);
  const server = createMarketplace({ config, identity, log, registry, lifecycle });
  await listen(server, HOST, 0, 'PORT');
  const { port } = server.address() as AddressInfo;
  lifecycle.onClose('web server', () => {
    server.closeAllConnections();
    return closeServer(server);
  });
  lifecycle.markReady();
  return {
    url: `http://${HOST}:${port}`,
    port,
    log: lines,
    lifecycle,
    metrics: () => registry.metrics(),
    close: () => lifecycle.stop('the test ends'),
  };
}
