import { asBuilt, type ServiceProcess, startProcess } from '../service-process';

/** Visitors whose cookies a load sends in turn. */
export const VISITORS = 200;

/** As it ships, but for the limit that would answer a benchmark's one client 429. */
const AS_SHIPPED = {
  NODE_ENV: 'production',
  ALLOW_PLAINTEXT: 'true',
  DRAIN_MS: '0',
  RATE_LIMIT_PER_MINUTE: '10000000',
  COOKIE_SECRET: 'a secret that only this benchmark uses',
};

/** Peers run as built too: a compiler in their process would be held against them. */
const peer = (name: string) => `test/dist/bench/peers/${name}.js`;

/** Express alone. */
export const startHello = () => startProcess([peer('hello')], { NODE_ENV: 'production' });

/** Express, Nunjucks and grpc-js, and nothing else. */
export const startPlain = (recommendations: ServiceProcess) =>
  startProcess([peer('plain')], {
    NODE_ENV: 'production',
    RECOMMENDATIONS_PORT: String(recommendations.port),
  });

/** The recommendations service as built. */
export const startRecommendations = (environment: NodeJS.ProcessEnv = {}) =>
  startProcess(asBuilt('recommendations'), { ...AS_SHIPPED, ...environment });

/** The marketplace as built. */
export const startMarketplace = (
  recommendations: ServiceProcess,
  environment: NodeJS.ProcessEnv = {},
) =>
  startProcess(asBuilt('marketplace'), {
    ...AS_SHIPPED,
    RECOMMENDATIONS_HOST: '127.0.0.1',
    RECOMMENDATIONS_PORT: String(recommendations.port),
    ...environment,
  });
