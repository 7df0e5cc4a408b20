import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** What {@link TestAuthority.issue} certifies. */
export interface TestCertificateOptions {
  readonly name: string;
  /** Host names and IPv4 addresses the certificate is for. Default: none, as a client's. */
  readonly hosts?: readonly string[];
  /** Default: yesterday. */
  readonly notBefore?: Date;
  /** Default: tomorrow. */
  readonly notAfter?: Date;
}

/** A certificate and its key, as PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

const DAY_MS = 86_400_000;

/** Makes certificates for tests (X.509 v3, RFC 5280; ECDSA P-256), each run its own. */
export class TestAuthority {
  /** The authority's own certificate, as PEM: what its clients trust. */
  readonly certificate: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(private readonly name = 'test authority') {
    this.certificate = this.#certify({ name }, this.#keys.publicKey, [AUTHORITY_EXTENSION]);
  }

  issue(options: TestCertificateOptions): TestCertificate {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { hosts = [] } = options;
    return {
      certificate: this.#certify(options, publicKey, hosts.length ? [hostsExtension(hosts)] : []),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  }

  #certify(options: TestCertificateOptions, key: KeyObject, extensions: Buffer[]): string {
    const now = Date.now();
    const { notBefore = new Date(now - DAY_MS), notAfter = new Date(now + DAY_MS) } = options;
    const toBeSigned = sequence(
      der(0xa0, VERSION_3),
      der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      ECDSA_WITH_SHA256,
      distinguishedName(this.name),
      sequence(utcTime(notBefore), utcTime(notAfter)),
      distinguishedName(options.name),
      key.export({ type: 'spki', format: 'der' }),
      ...(extensions.length ? [der(0xa3, sequence(...extensions))] : []),
    );
    const signature = sign('sha256', toBeSigned, this.#keys.privateKey);
    const certificate = sequence(
      toBeSigned,
      ECDSA_WITH_SHA256,
      der(0x03, NO_UNUSED_BITS, signature),
    );
    const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  }
}

/** One DER element (ITU-T X.690): tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]) => der(0x30, ...content);
const hex = (digits: string) => Buffer.from(digits, 'hex');

const VERSION_3 = hex('020102');
const NO_UNUSED_BITS = hex('00');
const TRUE = hex('0101ff');
const ECDSA_WITH_SHA256 = sequence(hex('06082a8648ce3d040302'));
const COMMON_NAME = hex('0603550403');
const BASIC_CONSTRAINTS = hex('0603551d13');
const SUBJECT_ALTERNATIVE_NAME = hex('0603551d11');

/** Basic constraints: this certificate may sign others. */
const AUTHORITY_EXTENSION = sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE)));

function hostsExtension(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIPv4(host)
      ? der(0x87, Buffer.from(host.split('.').map(Number)))
      : der(0x82, Buffer.from(host)),
  );
  return sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, sequence(...names)));
}

const distinguishedName = (name: string) =>
  sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));

/** `YYMMDDHHMMSSZ`. */
const utcTime = (date: Date) =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
