import { RecommendationsClientConstructor } from '@driftless/proto';
import { CertificateFiles, type Logger } from '@driftless/runtime';
import {
  type ChannelCredentials,
  type ChannelOptions,
  credentials,
  experimental,
} from '@grpc/grpc-js';
import type { Settings } from '../settings';

/** How soon a replaced certificate file is in use. */
const REFRESH_INTERVAL_MS = 5_000;

const OPTIONS: ChannelOptions = {
  // The recommender's Service is headless on a cluster: every pod is an address.
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  'grpc.service_config_disable_resolution': 1,
  // Retries are ours, see attempts.ts: gRPC's own do not retry what GOAWAY cancelled.
  'grpc.enable_retries': 0,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  'grpc.dns_min_time_between_resolutions_ms': 1_000,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 2_000,
  'grpc.max_receive_message_length': 1_048_576,
  'grpc.enable_channelz': 0,
  // A fresh client must not be handed the connection that the last one gave up.
  'grpc.use_local_subchannel_pool': 1,
};

/** The settings that decide where calls go and how they are protected. */
export type ChannelSettings = Pick<
  Settings,
  | 'RECOMMENDATIONS_HOST'
  | 'RECOMMENDATIONS_PORT'
  | 'RECOMMENDATIONS_CA_FILE'
  | 'RECOMMENDATIONS_CERT_FILE'
  | 'RECOMMENDATIONS_KEY_FILE'
>;

/** A client of the recommender; it connects at its first call. */
export function connect(settings: ChannelSettings, channelCredentials: ChannelCredentials) {
  const { RECOMMENDATIONS_HOST: host, RECOMMENDATIONS_PORT: port } = settings;
  return new RecommendationsClientConstructor(
    `dns:///${host.includes(':') ? `[${host}]` : host}:${port}`,
    channelCredentials,
    OPTIONS,
  );
}

/**
 * Plaintext, TLS, or mutual TLS, as the settings say. Certificate files are read again as time
 * goes, so that a renewed one needs no restart.
 *
 * @throws {Error} naming the file that is not usable
 */
export function channelCredentials(
  settings: ChannelSettings,
  log?: Logger,
  refreshIntervalMs = REFRESH_INTERVAL_MS,
): ChannelCredentials {
  const { RECOMMENDATIONS_CA_FILE, RECOMMENDATIONS_CERT_FILE, RECOMMENDATIONS_KEY_FILE } = settings;
  if (!RECOMMENDATIONS_CA_FILE) return credentials.createInsecure();
  const files = new CertificateFiles(
    {
      caCertificateFile: RECOMMENDATIONS_CA_FILE,
      certificateFile: RECOMMENDATIONS_CERT_FILE,
      privateKeyFile: RECOMMENDATIONS_KEY_FILE,
    },
    refreshIntervalMs,
    log,
  );
  return experimental.createCertificateProviderChannelCredentials(
    files,
    RECOMMENDATIONS_CERT_FILE ? files : null,
  );
}
