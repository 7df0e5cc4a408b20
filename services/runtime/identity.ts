import type { ServiceConfig } from './config';

/** Which process of which service this is. Empty strings where nothing is known. */
export interface Identity {
  readonly service: string;
  readonly version: string;
  readonly commit: string;
  /** The pod's name; outside Kubernetes the host's name. */
  readonly pod: string;
  readonly node: string;
  readonly zone: string;
}

/** The identity of `service`, from its configuration (the downward API sets POD_NAME and NODE_NAME). */
export function identityOf(service: string, config: ServiceConfig, hostname: string): Identity {
  return Object.freeze({
    service,
    version: config.VERSION,
    commit: config.COMMIT,
    pod: config.POD_NAME ?? hostname,
    node: config.NODE_NAME ?? '',
    zone: config.ZONE ?? '',
  });
}
