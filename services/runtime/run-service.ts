import { hostname } from 'node:os';
import { propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { pino } from 'pino';
import { ConfigError, type Environment, type ServiceConfig } from './config';
import { type Identity, identityOf } from './identity';
import { Lifecycle } from './lifecycle';
import { closeServer, ListenError, listen } from './listen';
import { createLogger, type Logger } from './log';
import { createRegistry, type Registry } from './metrics';
import { createOpsServer } from './ops-server';
import { startTracing } from './tracing';

/** What a service's `start` is given. */
export interface ServiceContext<Config> {
  readonly config: Config;
  readonly identity: Identity;
  readonly log: Logger;
  readonly registry: Registry;
  readonly lifecycle: Lifecycle;
}

/** A service: its name, its configuration, and how it starts. */
export interface Service<Config extends ServiceConfig> {
  readonly name: string;
  /** @throws {ConfigError} with every bad setting */
  loadConfig(environment: Environment): Config;
  /** Builds and starts everything, and registers with `lifecycle` what must be closed. */
  start(context: ServiceContext<Config>): Promise<void>;
}

/** The parts of `process` a service needs; its `main.ts` hands them in. */
export type Host = Pick<NodeJS.Process, 'env' | 'on' | 'exit'> &
  Partial<Pick<NodeJS.Process, 'connected'>>;

/** Longer than the longest sensible drain and every close together: after it something hangs. */
const STOP_LIMIT_MS = 330_000;

/**
 * Runs a service until SIGTERM, SIGINT, or the end of the process that started it with an IPC
 * channel. A second signal ends it at once.
 *
 * Exit codes: 0 after a clean stop, 1 when it could not start or stop, or was forced.
 */
export async function runService<Config extends ServiceConfig>(
  service: Service<Config>,
  host: Host,
): Promise<void> {
  try {
    await serve(service, host);
  } catch (error) {
    const log = createLogger(
      { service: service.name, pod: hostname() },
      'info',
      pino.destination({ fd: 1, sync: true }),
    );
    if (error instanceof ConfigError || error instanceof ListenError)
      log.fatal({ code: error.code }, error.message);
    else log.fatal({ err: error }, 'could not start');
    host.exit(1);
  }
}

async function serve<Config extends ServiceConfig>(
  service: Service<Config>,
  host: Host,
): Promise<void> {
  const config = service.loadConfig(host.env);
  const identity = identityOf(service.name, config, hostname());
  const log = createLogger(identity, config.LOG_LEVEL);
  const lifecycle = new Lifecycle(log, config.DRAIN_MS);
  const registry = createRegistry(identity);
  stopOnSignals(lifecycle, log, host);

  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT) {
    const tracing = await startTracing(identity, config.OTEL_EXPORTER_OTLP_ENDPOINT);
    lifecycle.onClose('tracing', () => tracing.shutdown());
  }
  const ops = createOpsServer({ identity, lifecycle, registry });
  const opsPort = await listen(ops, config.HOST, config.OPS_PORT, 'OPS_PORT');
  lifecycle.onClose('operations server', () => closeServer(ops));

  await service.start({ config, identity, log, registry, lifecycle });
  // Whoever waits for /readyz has by then what starting had to say.
  await new Promise<void>((resolve) => log.flush(() => resolve()));
  lifecycle.markReady();
  if (!lifecycle.isReady) return;
  log.info({ opsPort, version: identity.version, commit: identity.commit }, 'ready');
}

function stopOnSignals(lifecycle: Lifecycle, log: Logger, host: Host): void {
  const end = (code: number) => log.flush(() => host.exit(code));
  let isStopping = false;
  const stop = (reason: string) => {
    if (isStopping) {
      log.fatal({ reason }, 'forced to stop');
      return end(1);
    }
    isStopping = true;
    setTimeout(() => end(1), STOP_LIMIT_MS).unref();
    lifecycle.stop(reason).then(() => end(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) host.on(signal, () => stop(signal));
  // A parent that is killed cannot pass a signal on, but its end of the channel closes.
  const stopWithParent = () => stop('the parent process ended');
  // `undefined` where there never was a channel; false: it closed while this process was loading.
  if (host.connected === false) stopWithParent();
  else host.on('disconnect', stopWithParent);
  host.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    end(1);
  });
}
