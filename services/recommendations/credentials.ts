import { CertificateFiles, type Logger } from '@driftless/runtime';
import { experimental, ServerCredentials } from '@grpc/grpc-js';
import type { Settings } from './settings';

/** How soon a replaced certificate file is in use. */
const REFRESH_INTERVAL_MS = 5_000;

/** The settings that decide the credentials. */
export type TlsSettings = Pick<Settings, 'TLS_CERT_FILE' | 'TLS_KEY_FILE' | 'TLS_CLIENT_CA_FILE'>;

/**
 * The server's credentials: plaintext, TLS, or mutual TLS when the clients' authority is given.
 * Files are read again as time goes, so that a renewed certificate needs no restart.
 *
 * @throws {Error} naming the file that is not usable
 */
export function serverCredentials(
  settings: TlsSettings,
  log?: Logger,
  refreshIntervalMs = REFRESH_INTERVAL_MS,
): ServerCredentials {
  const { TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE } = settings;
  if (!TLS_CERT_FILE) return ServerCredentials.createInsecure();
  const files = new CertificateFiles(
    {
      certificateFile: TLS_CERT_FILE,
      privateKeyFile: TLS_KEY_FILE,
      caCertificateFile: TLS_CLIENT_CA_FILE,
    },
    refreshIntervalMs,
    log,
  );
  // grpc-js 1.14 takes the server's own certificate first, whatever its typings call the arguments.
  return experimental.createCertificateProviderServerCredentials(
    files,
    TLS_CLIENT_CA_FILE ? files : null,
    TLS_CLIENT_CA_FILE !== undefined,
  );
}
