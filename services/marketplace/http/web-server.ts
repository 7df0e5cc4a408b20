import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * An HTTP server that does not wait for slow clients. Node's own defaults let a client take a
 * minute for its headers, and look for such clients every 30 s.
 */
export function createWebServer(listener: RequestListener): Server {
  return createServer(
    {
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      // Longer than the 60 s of common load balancers: the side that reuses must close first.
      keepAliveTimeout: 65_000,
      // Larger headers are answered 431.
      maxHeaderSize: 8_192,
    },
    listener,
  );
}
