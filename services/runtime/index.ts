export { CertificateFiles, type CertificatePaths } from './certificate-files';
export {
  ConfigError,
  type Environment,
  flag,
  integer,
  loadConfig,
  port,
  type ServiceConfig,
  serviceSettings,
} from './config';
export { type Identity, identityOf } from './identity';
export { Lifecycle } from './lifecycle';
export { closeServer, ListenError, listen } from './listen';
export { createLogger, type Logger } from './log';
export { createRegistry, durationHistogram, type ObserveDuration, type Registry } from './metrics';
export { createOpsServer } from './ops-server';
export { type Host, runService, type Service, type ServiceContext } from './run-service';
export {
  type Carrier,
  endSpan,
  metadataCarrier,
  startClientSpan,
  traceIdOf,
  withServerSpan,
} from './tracing';
