import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { catalog } from '@driftless/catalog';
import { durationHistogram, type ServiceContext } from '@driftless/runtime';
import { createApp } from './app';
import { createWebServer } from './http/web-server';
import { watchJourney } from './journey/watch-journey';
import { channelCredentials } from './recommender/channel';
import { createRecommender } from './recommender/recommender';
import type { Settings } from './settings';
import { siteGlobals } from './site-globals';
import { createViews } from './views';
import { createVisitorIds } from './visitor/visitor-id';

export { loadSettings } from './settings';

/**
 * Builds the marketplace: every part of it, wired.
 *
 * @returns its web server, which does not listen yet; what must be closed is registered with the
 *   context's lifecycle
 */
export function createMarketplace(context: ServiceContext<Settings>): Server {
  const { config, identity, lifecycle, log, registry } = context;
  const recommender = createRecommender({
    settings: config,
    credentials: channelCredentials(config, log),
    log,
    observe: durationHistogram(
      registry,
      'rpc_client_duration_seconds',
      'Duration of gRPC calls made.',
      ['method', 'code'],
    ),
    now: Date.now,
  });
  lifecycle.onClose('recommender', async () => recommender.close());
  const app = createApp({
    site: {
      catalog,
      recommender,
      views: createViews(siteGlobals),
      visitorIds: createVisitorIds(config.COOKIE_SECRET ?? [randomBytes(32).toString('base64url')]),
      journey: watchJourney(config, identity),
    },
    settings: config,
    log,
    observe: durationHistogram(
      registry,
      'http_server_duration_seconds',
      'Duration of HTTP requests.',
      ['route', 'status'],
    ),
    lifecycle,
  });
  return createWebServer(app);
}
