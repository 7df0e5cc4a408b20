import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestAuthority } from '@driftless/runtime/test-authority';
import { startMarketplace, startRecommendations } from '../site';

const authority = new TestAuthority();
const server = authority.issue({ name: 'recommendations', hosts: ['localhost'] });
const client = authority.issue({ name: 'marketplace' });
const stranger = new TestAuthority('stranger').issue({ name: 'marketplace' });

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mutual-tls-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const where = path.join(folder, name);
  writeFileSync(where, text);
  return where;
}

/** The home page of a marketplace with these certificates, before a recommender of `authority`. */
async function homePage(own: { certificate: string; privateKey: string }): Promise<string> {
  const authorities = file('ca.crt', authority.certificate);
  const recommendations = await startRecommendations(0, {
    TLS_CERT_FILE: file('server.crt', server.certificate),
    TLS_KEY_FILE: file('server.key', server.privateKey),
    TLS_CLIENT_CA_FILE: authorities,
  });
  const site = await startMarketplace(recommendations.port, {
    RECOMMENDATIONS_HOST: 'localhost',
    RECOMMENDATIONS_CA_FILE: authorities,
    RECOMMENDATIONS_CERT_FILE: file('client.crt', own.certificate),
    RECOMMENDATIONS_KEY_FILE: file('client.key', own.privateKey),
    RECOMMENDATIONS_DEADLINE_MS: '3000',
  });
  const response = await fetch(site.url);
  expect(response.status).toBe(200);
  const html = await response.text();
  await site.close();
  await recommendations.close();
  return html;
}

const CARD = 'class="card-title"';

it('brings recommendations to the page when both sides know each other', async () => {
  expect(await homePage(client)).toContain(CARD);
});

it('leaves the page without recommendations when the service refuses our certificate', async () => {
  expect(await homePage(stranger)).not.toContain(CARD);
});
