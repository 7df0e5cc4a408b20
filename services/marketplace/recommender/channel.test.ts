import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type RecommendationsHandlers, recommendationsService } from '@driftless/proto';
import { TestAuthority, type TestCertificate } from '@driftless/runtime/test-authority';
import { type ChannelCredentials, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { channelCredentials, connect } from './channel';

const REFRESH_INTERVAL_MS = 20;
/** Long enough for a changed file to be read, several times over. */
const REFRESHED_MS = 150;
const HOST = 'localhost';
const EXPIRED = { notBefore: new Date(0), notAfter: new Date(Date.now() - 86_400_000) };

const authority = new TestAuthority('authority of the servers and clients');
const stranger = new TestAuthority('authority of nobody here');
const issueServer = (by = authority, hosts = [HOST]) =>
  by.issue({ name: 'recommendations', hosts });

let folder: string;
let files: Record<'CA' | 'CERT' | 'KEY', string>;
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'channel-'));
  files = {
    CA: path.join(folder, 'ca.crt'),
    CERT: path.join(folder, 'tls.crt'),
    KEY: path.join(folder, 'tls.key'),
  };
  writeFiles(authority.issue({ name: 'first' }));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const server of servers.splice(0)) server.forceShutdown();
});

function writeFiles(own: TestCertificate, serverAuthorities = authority.certificate): void {
  writeFileSync(files.CERT, own.certificate);
  writeFileSync(files.KEY, own.privateKey);
  writeFileSync(files.CA, serverAuthorities);
}

/** A recommender that answers with the name in the client's certificate, as a pod's. */
async function startServer(own?: TestCertificate): Promise<number> {
  const server = new Server();
  servers.push(server);
  const handlers: RecommendationsHandlers = {
    Recommend: (call, callback) => {
      const pod = String(call.getAuthContext().sslPeerCertificate?.subject.CN ?? 'nobody');
      callback(null, { servedBy: { pod } });
    },
  };
  server.addService(recommendationsService, handlers);
  const serverCredentials = own
    ? ServerCredentials.createSsl(
        Buffer.from(authority.certificate),
        [{ cert_chain: Buffer.from(own.certificate), private_key: Buffer.from(own.privateKey) }],
        true,
      )
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', serverCredentials, (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  );
}

const settingsFor = (port: number, names: readonly ('CA' | 'CERT' | 'KEY')[]) => ({
  RECOMMENDATIONS_HOST: HOST,
  RECOMMENDATIONS_PORT: port,
  RECOMMENDATIONS_CA_FILE: names.includes('CA') ? files.CA : undefined,
  RECOMMENDATIONS_CERT_FILE: names.includes('CERT') ? files.CERT : undefined,
  RECOMMENDATIONS_KEY_FILE: names.includes('KEY') ? files.KEY : undefined,
});

const MUTUAL = ['CA', 'CERT', 'KEY'] as const;

const mutualTls = (port: number) =>
  channelCredentials(settingsFor(port, MUTUAL), undefined, REFRESH_INTERVAL_MS);

const open = (port: number, credentials: ChannelCredentials) =>
  connect(settingsFor(port, MUTUAL), credentials);

/** Whom the server takes us for, or the status that a call ended with. */
function ask(client: ReturnType<typeof connect>): Promise<string | undefined> {
  return new Promise((resolve) =>
    client.recommend({}, { deadline: Date.now() + 4_000 }, (error, answer) =>
      resolve(error ? status[error.code] : answer?.servedBy?.pod),
    ),
  );
}

/** {@link ask} over a new connection. */
async function askAnew(port: number, credentials: ChannelCredentials) {
  const client = open(port, credentials);
  try {
    return await ask(client);
  } finally {
    client.close();
  }
}

test('a server of our authority is called under our own certificate', async () => {
  const port = await startServer(issueServer());
  expect(await askAnew(port, mutualTls(port))).toBe('first');
});

test.each([
  { what: 'another authority', server: issueServer(stranger) },
  { what: 'our authority, for other hosts', server: issueServer(authority, ['elsewhere.test']) },
  {
    what: 'our authority, but expired',
    server: authority.issue({ name: 'recommendations', hosts: [HOST], ...EXPIRED }),
  },
])('a server with a certificate of $what is not called', async ({ server }) => {
  const port = await startServer(server);
  expect(await askAnew(port, mutualTls(port))).toBe('UNAVAILABLE');
});

test('a server that does not speak TLS is not called when an authority is set', async () => {
  const port = await startServer();
  expect(await askAnew(port, mutualTls(port))).toBe('UNAVAILABLE');
  expect(await askAnew(port, channelCredentials(settingsFor(port, [])))).toBe('nobody');
});

test('without a certificate of our own a server that asks for one refuses us', async () => {
  const port = await startServer(issueServer());
  expect(await askAnew(port, channelCredentials(settingsFor(port, ['CA'])))).toBe('UNAVAILABLE');
});

test('a renewed certificate is used by new connections while the old connection goes on', async () => {
  const port = await startServer(issueServer());
  const credentials = mutualTls(port);
  const running = open(port, credentials);
  expect(await ask(running)).toBe('first');
  writeFiles(authority.issue({ name: 'second' }));
  await delay(REFRESHED_MS);
  expect(await askAnew(port, credentials)).toBe('second');
  expect(await ask(running)).toBe('first');
  running.close();
});

test('a replaced authority decides about servers', async () => {
  const successor = new TestAuthority('successor of the authority');
  const [oldPort, newPort] = [
    await startServer(issueServer()),
    await startServer(issueServer(successor)),
  ];
  const credentials = mutualTls(oldPort);
  // The files are watched as long as a connection uses them.
  const running = open(oldPort, credentials);
  expect(await ask(running)).toBe('first');
  expect(await askAnew(newPort, credentials)).toBe('UNAVAILABLE');
  writeFiles(authority.issue({ name: 'first' }), successor.certificate);
  await delay(REFRESHED_MS);
  expect(await askAnew(newPort, credentials)).toBe('first');
  expect(await askAnew(oldPort, credentials)).toBe('UNAVAILABLE');
  running.close();
});

test('a certificate renewed while there was no connection is used by the next one', async () => {
  const port = await startServer(issueServer());
  const credentials = mutualTls(port);
  expect(await askAnew(port, credentials)).toBe('first');
  writeFiles(authority.issue({ name: 'second' }));
  expect(await askAnew(port, credentials)).toBe('second');
});

test.each([
  { what: 'a half-written certificate', spoil: () => writeFileSync(files.CERT, 'MIIB') },
  { what: 'garbage', spoil: () => Object.values(files).map((file) => writeFileSync(file, '\xff')) },
  { what: 'missing files', spoil: () => Object.values(files).map((file) => rmSync(file)) },
])('$what: the last good certificates stay in use until there are new ones', async ({ spoil }) => {
  const port = await startServer(issueServer());
  const credentials = mutualTls(port);
  const running = open(port, credentials);
  expect(await ask(running)).toBe('first');
  spoil();
  await delay(REFRESHED_MS);
  expect(await askAnew(port, credentials)).toBe('first');
  writeFiles(authority.issue({ name: 'second' }));
  await delay(REFRESHED_MS);
  expect(await askAnew(port, credentials)).toBe('second');
  running.close();
});

test('credentials that are not usable are refused at the start by naming the file', () => {
  writeFileSync(files.CA, 'nonsense');
  expect(() => mutualTls(0)).toThrow(files.CA);
});
