import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * An HTTP server that does not wait for slow clients. Node's own defaults let a client take a
 * minute for its headers, and look for such clients every 30 s.
 */
export function createWebServer(app: Express): Server {
  return createServer(
    {
      // Express gives every request and response these prototypes. V8 answers an object whose
      // prototype changes with code that it cannot optimise: a page took twice the time. Born with
      // them, they stay as fast as Node's own.
      IncomingMessage: withPrototype(IncomingMessage, app.request),
      ServerResponse: withPrototype(ServerResponse, app.response),
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      // Longer than the 60 s of common load balancers: the side that reuses must close first.
      keepAliveTimeout: 65_000,
      // Larger headers are answered 431.
      maxHeaderSize: 8_192,
    },
    app,
  );
}

/** The same constructor, but for the prototype of what it makes. */
function withPrototype<Constructor extends typeof IncomingMessage | typeof ServerResponse>(
  base: Constructor,
  prototype: object,
): Constructor {
  // Both are functions from before classes, and can be called on an object that is already there.
  function Born(this: object, ...args: unknown[]): void {
    Reflect.apply(base, this, args);
  }
  Born.prototype = prototype;
  return Born as unknown as Constructor;
}
