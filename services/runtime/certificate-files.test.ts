import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CertificateFiles } from './certificate-files';
import { TestAuthority } from './test-authority';

const REFRESH_INTERVAL_MS = 10;
/** Long enough for a changed file to be read, several times over. */
const REFRESHED_MS = 100;

const authority = new TestAuthority();
const first = authority.issue({ name: 'first' });
const second = authority.issue({ name: 'second' });

let folder: string;
let paths: { certificateFile: string; privateKeyFile: string; caCertificateFile: string };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'certificate-files-'));
  paths = {
    certificateFile: path.join(folder, 'tls.crt'),
    privateKeyFile: path.join(folder, 'tls.key'),
    caCertificateFile: path.join(folder, 'ca.crt'),
  };
  writeFileSync(paths.certificateFile, first.certificate);
  writeFileSync(paths.privateKeyFile, first.privateKey);
  writeFileSync(paths.caCertificateFile, authority.certificate);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Watches the files and takes note of all that is handed on and logged. */
function watch() {
  const seen: (string | undefined)[] = [];
  const logged: string[] = [];
  const files = new CertificateFiles(paths, REFRESH_INTERVAL_MS, {
    info: (_details: unknown, message?: string) => void logged.push(`info: ${message}`),
    error: (_details: unknown, message?: string) => void logged.push(`error: ${message}`),
  });
  const own = (update: { certificate: Buffer } | null) =>
    seen.push(update ? String(update.certificate) : 'no certificate');
  const authorities = (update: { caCertificate: Buffer } | null) =>
    seen.push(update ? String(update.caCertificate) : 'no authorities');
  files.addIdentityCertificateListener(own);
  files.addCaCertificateListener(authorities);
  const stop = () => {
    files.removeIdentityCertificateListener(own);
    files.removeCaCertificateListener(authorities);
  };
  return { files, seen, logged, stop };
}

test('a listener is told of the certificates at once, and of nothing while they stay', async () => {
  const { seen, logged, stop } = watch();
  await delay(REFRESHED_MS);
  stop();
  expect(seen).toEqual([first.certificate, authority.certificate]);
  expect(logged).toEqual([]);
});

test('a certificate is handed on when its key is there as well, and said once', async () => {
  const { seen, logged, stop } = watch();
  await delay(REFRESHED_MS);
  writeFileSync(paths.certificateFile, second.certificate);
  await delay(REFRESHED_MS);
  expect(seen).toHaveLength(2);
  expect(logged).toEqual(['error: new certificates are not usable']);
  writeFileSync(paths.privateKeyFile, second.privateKey);
  await delay(REFRESHED_MS);
  stop();
  expect(seen.slice(2)).toEqual([second.certificate, authority.certificate]);
  expect(logged.slice(1)).toEqual(['info: new certificates are in use']);
});

test('a second failure is said again', async () => {
  const { logged, stop } = watch();
  for (const text of ['', authority.certificate, '', authority.certificate]) {
    writeFileSync(paths.caCertificateFile, text);
    await delay(REFRESHED_MS);
  }
  stop();
  expect(logged).toEqual(Array(2).fill('error: new certificates are not usable'));
});

test('files are not read when nobody listens, and read at once when somebody does again', async () => {
  const { files, seen, logged, stop } = watch();
  await delay(REFRESHED_MS);
  stop();
  writeFileSync(paths.certificateFile, second.certificate);
  writeFileSync(paths.privateKeyFile, second.privateKey);
  await delay(REFRESHED_MS);
  expect(seen).toHaveLength(2);
  expect(logged).toEqual([]);
  const told = new Promise<string>((resolve) => {
    const listener = (update: { certificate: Buffer } | null) => {
      files.removeIdentityCertificateListener(listener);
      resolve(String(update?.certificate));
    };
    files.addIdentityCertificateListener(listener);
  });
  expect(await told).toBe(second.certificate);
});

test('authorities alone, or a certificate alone, may be watched', async () => {
  const told = (names: (keyof typeof paths)[]) => {
    const some = Object.fromEntries(names.map((name) => [name, paths[name]]));
    const files = new CertificateFiles(some, REFRESH_INTERVAL_MS);
    return Promise.all([
      new Promise((resolve) => files.addIdentityCertificateListener(resolve)),
      new Promise((resolve) => files.addCaCertificateListener(resolve)),
    ]);
  };
  expect(await told(['caCertificateFile'])).toEqual([
    null,
    { caCertificate: Buffer.from(authority.certificate) },
  ]);
  expect(await told(['certificateFile', 'privateKeyFile'])).toEqual([
    {
      certificate: Buffer.from(first.certificate),
      privateKey: Buffer.from(first.privateKey),
    },
    null,
  ]);
});

test.each([
  ['certificateFile', 'nonsense'],
  ['certificateFile', first.certificate + second.certificate.slice(0, 300)],
  ['certificateFile', first.privateKey],
  ['privateKeyFile', second.privateKey],
  ['privateKeyFile', ''],
  ['caCertificateFile', ''],
  ['caCertificateFile', authority.certificate.replace('MII', 'AAA')],
  ['caCertificateFile', authority.certificate + authority.certificate.slice(0, -30)],
] as const)('%s with what it must not hold is refused by naming the file', (name, text) => {
  writeFileSync(paths[name], text);
  expect(() => new CertificateFiles(paths, REFRESH_INTERVAL_MS)).toThrow(paths[name]);
});

test('a file that is not there is refused by naming it', () => {
  rmSync(paths.caCertificateFile);
  expect(() => new CertificateFiles(paths, REFRESH_INTERVAL_MS)).toThrow(paths.caCertificateFile);
});
