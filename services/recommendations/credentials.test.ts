import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TestAuthority, type TestCertificate } from '@driftless/runtime/test-authority';
import { type ChannelCredentials, credentials, status } from '@grpc/grpc-js';
import { serverCredentials } from './credentials';
import { ask, clientOf, RECOMMEND, startTestServer } from './test-server';

const REFRESH_INTERVAL_MS = 20;
/** Long enough for a changed file to be read, several times over. */
const REFRESHED_MS = 150;
const HOST = 'localhost';
const YESTERDAY = new Date(Date.now() - 86_400_000);
const EXPIRED = { notBefore: new Date(0), notAfter: YESTERDAY };

const authority = new TestAuthority('authority of the servers and clients');
const stranger = new TestAuthority('authority of nobody here');
const serverCertificate = authority.issue({ name: 'recommendations', hosts: [HOST] });
const clientCertificate = authority.issue({ name: 'marketplace' });

let folder: string;
let files: { TLS_CERT_FILE: string; TLS_KEY_FILE: string; TLS_CLIENT_CA_FILE: string };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credentials-'));
  files = {
    TLS_CERT_FILE: path.join(folder, 'tls.crt'),
    TLS_KEY_FILE: path.join(folder, 'tls.key'),
    TLS_CLIENT_CA_FILE: path.join(folder, 'ca.crt'),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeFiles(own: TestCertificate, clientAuthorities = authority.certificate): void {
  writeFileSync(files.TLS_CERT_FILE, own.certificate);
  writeFileSync(files.TLS_KEY_FILE, own.privateKey);
  writeFileSync(files.TLS_CLIENT_CA_FILE, clientAuthorities);
}

/** A server of mutual TLS with `own` certificate, which trusts clients of `authority`. */
function startServer(own = serverCertificate) {
  writeFiles(own);
  return startTestServer({ credentials: serverCredentials(files, undefined, REFRESH_INTERVAL_MS) });
}

const tls = (trusted = authority, own?: TestCertificate): ChannelCredentials =>
  credentials.createSsl(
    Buffer.from(trusted.certificate),
    own ? Buffer.from(own.privateKey) : null,
    own ? Buffer.from(own.certificate) : null,
  );

/** What one call over a new connection ends with. */
async function outcome(port: number, channelCredentials: ChannelCredentials): Promise<string> {
  const client = clientOf(port, channelCredentials, HOST);
  try {
    return await ask(client).then(
      () => 'answered',
      ({ code }: { code: status }) => status[code] ?? '',
    );
  } finally {
    client.close();
  }
}

test('a client whose certificate is of the right authority is answered', async () => {
  const server = await startServer();
  expect(await outcome(server.port, tls(authority, clientCertificate))).toBe('answered');
  await server.close();
});

test.each([
  { what: 'a client without a certificate', client: tls() },
  {
    what: 'a client whose certificate is of another authority',
    client: tls(authority, stranger.issue({ name: 'marketplace' })),
  },
  {
    what: 'a client whose certificate has expired',
    client: tls(authority, authority.issue({ name: 'marketplace', ...EXPIRED })),
  },
  { what: 'a client that does not speak TLS', client: credentials.createInsecure() },
  {
    what: 'a server of an authority that the client does not trust',
    client: tls(stranger, clientCertificate),
  },
  {
    what: 'a server whose certificate has expired',
    server: authority.issue({ name: 'recommendations', hosts: [HOST], ...EXPIRED }),
  },
  {
    what: 'a server whose certificate is for other hosts',
    server: authority.issue({ name: 'recommendations', hosts: ['elsewhere.test', '127.0.0.1'] }),
  },
])('$what is refused', async ({ client = tls(authority, clientCertificate), server: own }) => {
  const server = await startServer(own);
  expect(await outcome(server.port, client)).toBe('UNAVAILABLE');
  expect(server.calls).toEqual([]);
  await server.close();
});

test('without an authority for clients, a client needs no certificate', async () => {
  writeFiles(serverCertificate);
  const { TLS_CLIENT_CA_FILE: _none, ...own } = files;
  const server = await startTestServer({
    credentials: serverCredentials({ ...own, TLS_CLIENT_CA_FILE: undefined }),
  });
  expect(await outcome(server.port, tls())).toBe('answered');
  expect(await outcome(server.port, credentials.createInsecure())).toBe('UNAVAILABLE');
  await server.close();
});

test('without a certificate the server speaks plaintext', async () => {
  const plaintext = serverCredentials({
    TLS_CERT_FILE: undefined,
    TLS_KEY_FILE: undefined,
    TLS_CLIENT_CA_FILE: undefined,
  });
  const server = await startTestServer({ credentials: plaintext });
  expect(await outcome(server.port, credentials.createInsecure())).toBe('answered');
  await server.close();
});

test('a renewed certificate is used by new connections while the old connection goes on', async () => {
  const server = await startServer();
  const running = clientOf(server.port, tls(authority, clientCertificate), HOST);
  await ask(running);

  const successor = new TestAuthority('successor of the authority');
  writeFiles(successor.issue({ name: 'recommendations', hosts: [HOST] }));
  await delay(REFRESHED_MS);
  expect(await outcome(server.port, tls(successor, clientCertificate))).toBe('answered');
  expect(await outcome(server.port, tls(authority, clientCertificate))).toBe('UNAVAILABLE');

  await ask(running);
  running.close();
  await server.close();
  expect(server.calls).toEqual(Array(3).fill(`${RECOMMEND} OK`));
});

test('a replaced authority decides about new clients', async () => {
  const server = await startServer();
  const successor = new TestAuthority('successor of the authority');
  const successorsClient = tls(authority, successor.issue({ name: 'marketplace' }));
  expect(await outcome(server.port, successorsClient)).toBe('UNAVAILABLE');

  writeFiles(serverCertificate, authority.certificate + successor.certificate);
  await delay(REFRESHED_MS);
  expect(await outcome(server.port, successorsClient)).toBe('answered');
  expect(await outcome(server.port, tls(authority, clientCertificate))).toBe('answered');

  writeFiles(serverCertificate, successor.certificate);
  await delay(REFRESHED_MS);
  expect(await outcome(server.port, successorsClient)).toBe('answered');
  expect(await outcome(server.port, tls(authority, clientCertificate))).toBe('UNAVAILABLE');
  await server.close();
});

const half = (pem: string) => pem.slice(0, pem.length / 2);
const renewed = authority.issue({ name: 'recommendations', hosts: [HOST] });

test.each<[string, () => void]>([
  [
    'a half-written certificate',
    () => writeFileSync(files.TLS_CERT_FILE, half(renewed.certificate)),
  ],
  ['a half-written key', () => writeFileSync(files.TLS_KEY_FILE, half(renewed.privateKey))],
  [
    'a key that has no certificate yet',
    () => writeFileSync(files.TLS_KEY_FILE, renewed.privateKey),
  ],
  [
    'half-written authorities',
    () => writeFileSync(files.TLS_CLIENT_CA_FILE, half(authority.certificate)),
  ],
  [
    'garbage',
    () => Object.values(files).map((file) => writeFileSync(file, Buffer.alloc(999, 0xff))),
  ],
  ['empty files', () => Object.values(files).map((file) => writeFileSync(file, ''))],
  ['missing files', () => Object.values(files).map((file) => rmSync(file))],
])('%s: the last good certificates stay in use until there are new ones', async (_what, spoil) => {
  const server = await startServer();
  spoil();
  await delay(REFRESHED_MS);
  expect(await outcome(server.port, tls(authority, clientCertificate))).toBe('answered');
  expect(await outcome(server.port, tls())).toBe('UNAVAILABLE');

  const successor = new TestAuthority('successor of the authority');
  writeFiles(successor.issue({ name: 'recommendations', hosts: [HOST] }));
  await delay(REFRESHED_MS);
  expect(await outcome(server.port, tls(successor, clientCertificate))).toBe('answered');
  await server.close();
});

test('a server does not start with certificates that are not usable', () => {
  writeFiles({ ...serverCertificate, certificate: 'nonsense' });
  expect(() => serverCredentials(files)).toThrow(files.TLS_CERT_FILE);
});
