import path from 'node:path';
import type { Lifecycle, Logger, ObserveDuration } from '@driftless/runtime';
import express, { type Express, type RequestHandler } from 'express';
import { accessLog } from './http/access';
import { limitRate, MAX_BODY_BYTES, refuseOversized } from './http/limits';
import { openPage } from './http/page-context';
import { securityHeaders } from './http/security-headers';
import { aboutPage } from './pages/about';
import { bookPage } from './pages/book';
import { categoryPage } from './pages/category';
import { errorPage, notFound } from './pages/error';
import { homePage } from './pages/home';
import { chooseLanguage } from './pages/language';
import { searchPage } from './pages/search';
import type { Site } from './pages/site';
import type { Settings } from './settings';

/** What the web application is made of. */
export interface AppOptions {
  readonly site: Site;
  readonly settings: Pick<Settings, 'RATE_LIMIT_PER_MINUTE' | 'TRUSTED_PROXY_HOPS'>;
  readonly log: Logger;
  readonly observe: ObserveDuration;
  readonly lifecycle: Pick<Lifecycle, 'isDraining'>;
}

/** How long browsers may keep an asset: its address changes with its content. */
const ASSET_MAX_AGE_MS = 31_536_000_000;

const form = express.urlencoded({ limit: MAX_BODY_BYTES, extended: false });

/** The marketplace as an Express application. */
export function createApp({ site, settings, log, observe, lifecycle }: AppOptions): Express {
  const app = express();
  const logged = accessLog(log, observe);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', settings.TRUSTED_PROXY_HOPS);

  const trustsProxy = settings.TRUSTED_PROXY_HOPS > 0;
  const headers = securityHeaders();
  // One layer, not one for each step: in Express a layer costs more than most of these steps do.
  app.use((request, response, next) => {
    const page = openPage(request, response, trustsProxy);
    for (const [name, value] of headers) response.setHeader(name, value);
    // Keep-alive connections would go on sending requests here until the process is gone.
    if (lifecycle.isDraining) response.setHeader('Connection', 'close');
    logged(request, response, page, () => {
      refuseOversized(request);
      next();
    });
  });
  // In front of each route, not of the router: assets are free, and a layer less is passed.
  const limited = limitRate(settings.RATE_LIMIT_PER_MINUTE);
  app.get('/', limited, homePage(site));
  app.get('/categories/:slug', limited, categoryPage(site));
  app.get('/books/:id', limited, bookPage(site));
  app.get('/search', limited, searchPage(site));
  app.get('/about', limited, aboutPage(site));
  app.post('/language', limited, form, chooseLanguage);
  app.use('/assets', assets());
  app.use(limited, notFound);
  app.use(errorPage(site, log));
  return app;
}

/** The folder of the package's assets. */
export const ASSETS_FOLDER = path.join(
  path.dirname(require.resolve('@driftless/marketplace/package.json')),
  'assets',
);

function assets(): RequestHandler {
  const serve = express.static(ASSETS_FOLDER, {
    immutable: true,
    maxAge: ASSET_MAX_AGE_MS,
    index: false,
  });
  return (request, response, next) => {
    response.locals.route = '/assets/*';
    serve(request, response, next);
  };
}
