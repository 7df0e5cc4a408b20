import { closeServer, listen, runService } from '@driftless/runtime';
import { createMarketplace, loadSettings } from './marketplace';

void runService(
  {
    name: 'marketplace',
    loadConfig: loadSettings,
    async start(context) {
      const { config, lifecycle, log } = context;
      if (!config.COOKIE_SECRET) {
        log.warn('COOKIE_SECRET is not set: visitors are strangers again after a restart');
      }
      const server = createMarketplace(context);
      const port = await listen(server, config.HOST, config.PORT, 'PORT');
      lifecycle.onClose('web server', () => closeServer(server));
      log.info({ port }, 'listening');
    },
  },
  process,
);
