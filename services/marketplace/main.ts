import { randomBytes } from 'node:crypto';
import { catalog } from '@driftless/catalog';
import { closeServer, durationHistogram, listen, runService } from '@driftless/runtime';
import { createApp } from './app';
import { createWebServer } from './http/web-server';
import { watchJourney } from './journey/watch-journey';
import { channelCredentials } from './recommender/channel';
import { createRecommender } from './recommender/recommender';
import { loadSettings } from './settings';
import { siteGlobals } from './site-globals';
import { createViews } from './views';
import { createVisitorIds } from './visitor/visitor-id';

void runService(
  {
    name: 'marketplace',
    loadConfig: loadSettings,
    async start({ config, identity, lifecycle, log, registry }) {
      if (!config.COOKIE_SECRET) {
        log.warn('COOKIE_SECRET is not set: visitors are strangers again after a restart');
      }
      const recommender = createRecommender({
        settings: config,
        credentials: channelCredentials(config),
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
          visitorIds: createVisitorIds(
            config.COOKIE_SECRET ?? [randomBytes(32).toString('base64url')],
          ),
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
      const server = createWebServer(app);
      const port = await listen(server, config.HOST, config.PORT, 'PORT');
      lifecycle.onClose('web server', () => closeServer(server));
      log.info({ port }, 'listening');
    },
  },
  process,
);
