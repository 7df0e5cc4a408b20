import { catalog } from '@driftless/catalog';
import { durationHistogram, runService } from '@driftless/runtime';
import { serverCredentials } from './credentials';
import { createRanking } from './ranking/ranking';
import { addReflection } from './reflection';
import { createRecommendationsServer } from './server';
import { loadSettings } from './settings';

void runService(
  {
    name: 'recommendations',
    loadConfig: loadSettings,
    async start({ config, identity, lifecycle, log, registry }) {
      const server = createRecommendationsServer({
        ranking: createRanking(catalog.books),
        identity,
        log,
        observe: durationHistogram(
          registry,
          'rpc_server_duration_seconds',
          'Duration of gRPC calls served.',
          ['method', 'code'],
        ),
        credentials: serverCredentials(config, log),
        limits: config,
        now: Date.now,
      });
      if (config.REFLECTION) addReflection(server.grpc);
      const port = await server.listen(config.HOST, config.PORT);
      lifecycle.onDrain(() => server.drain());
      lifecycle.onClose('gRPC server', () => server.close());
      log.info(
        { port, books: catalog.books.length, tls: Boolean(config.TLS_CERT_FILE) },
        'listening',
      );
    },
  },
  process,
);
