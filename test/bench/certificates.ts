import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestAuthority } from '@driftless/runtime/test-authority';

/** Certificates for mutual TLS, as the environment variables of the two services. */
export interface MutualTls {
  readonly recommendations: NodeJS.ProcessEnv;
  readonly marketplace: NodeJS.ProcessEnv;
  remove(): void;
}

/** Makes an authority, and a certificate for each service, in a temporary folder. */
export function makeMutualTls(): MutualTls {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-tls-'));
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const authority = new TestAuthority();
  const ca = write('ca.pem', authority.certificate);
  const server = authority.issue({ name: 'recommendations', hosts: ['127.0.0.1'] });
  const client = authority.issue({ name: 'marketplace' });
  return {
    recommendations: {
      TLS_CERT_FILE: write('server.pem', server.certificate),
      TLS_KEY_FILE: write('server.key', server.privateKey),
      TLS_CLIENT_CA_FILE: ca,
    },
    marketplace: {
      RECOMMENDATIONS_CA_FILE: ca,
      RECOMMENDATIONS_CERT_FILE: write('client.pem', client.certificate),
      RECOMMENDATIONS_KEY_FILE: write('client.key', client.privateKey),
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
