import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Logger } from './log';

/** Paths of PEM files: an own certificate (chain) with its key, the authorities to trust, or both. */
export interface CertificatePaths {
  readonly certificateFile?: string | undefined;
  readonly privateKeyFile?: string | undefined;
  readonly caCertificateFile?: string | undefined;
}

/** An own certificate (chain) and its key, as PEM. */
interface OwnCertificate {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
}

/** The authorities to trust, as PEM. */
interface Authorities {
  readonly caCertificate: Buffer;
}

type Listener<Update> = (update: Update | null) => void;

interface Certificates {
  readonly own: OwnCertificate | null;
  readonly authorities: Authorities | null;
}

/**
 * Certificates from files that are read again every `refreshIntervalMs`, so that a renewed one
 * needs no restart. The shape is what grpc-js calls a `CertificateProvider`.
 *
 * Only a set that fits together is handed on. A file that is missing, half-written or garbage, or
 * a key that does not belong to the certificate (one of the two is written first), leaves the last
 * good set in use and is logged once.
 */
export class CertificateFiles {
  readonly #identityListeners = new Set<Listener<OwnCertificate>>();
  readonly #authoritiesListeners = new Set<Listener<Authorities>>();
  #current: Certificates;
  #timer: NodeJS.Timeout | undefined;
  #isFailing = false;

  /** @throws {Error} naming the file that is not usable: a service must not start without it */
  constructor(
    private readonly paths: CertificatePaths,
    private readonly refreshIntervalMs: number,
    private readonly log?: Pick<Logger, 'info' | 'error'>,
  ) {
    this.#current = loadCertificates(paths);
  }

  addIdentityCertificateListener(listener: Listener<OwnCertificate>): void {
    this.#identityListeners.add(listener);
    this.#watch();
    queueMicrotask(() => listener(this.#current.own));
  }

  removeIdentityCertificateListener(listener: Listener<OwnCertificate>): void {
    this.#identityListeners.delete(listener);
    this.#unwatchIfUnused();
  }

  addCaCertificateListener(listener: Listener<Authorities>): void {
    this.#authoritiesListeners.add(listener);
    this.#watch();
    queueMicrotask(() => listener(this.#current.authorities));
  }

  removeCaCertificateListener(listener: Listener<Authorities>): void {
    this.#authoritiesListeners.delete(listener);
    this.#unwatchIfUnused();
  }

  #watch(): void {
    if (this.#timer) return;
    this.#refresh();
    this.#timer = setInterval(() => this.#refresh(), this.refreshIntervalMs).unref();
  }

  #unwatchIfUnused(): void {
    if (this.#identityListeners.size + this.#authoritiesListeners.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #refresh(): void {
    let loaded: Certificates;
    try {
      loaded = loadCertificates(this.paths);
    } catch (error) {
      if (!this.#isFailing) this.log?.error({ err: error }, 'new certificates are not usable');
      this.#isFailing = true;
      return;
    }
    this.#isFailing = false;
    if (isSame(loaded, this.#current)) return;
    this.#current = loaded;
    this.log?.info({ ...this.paths }, 'new certificates are in use');
    for (const listener of this.#identityListeners) listener(loaded.own);
    for (const listener of this.#authoritiesListeners) listener(loaded.authorities);
  }
}

function loadCertificates(paths: CertificatePaths): Certificates {
  const { certificateFile, privateKeyFile, caCertificateFile } = paths;
  return {
    own: certificateFile && privateKeyFile ? loadOwn(certificateFile, privateKeyFile) : null,
    authorities: caCertificateFile ? { caCertificate: loadPem(caCertificateFile) } : null,
  };
}

function loadOwn(certificateFile: string, privateKeyFile: string): OwnCertificate {
  const certificate = loadPem(certificateFile);
  const privateKey = readFileSync(privateKeyFile);
  try {
    createSecureContext({ cert: certificate, key: privateKey });
  } catch (cause) {
    throw new Error(`${privateKeyFile} must be the key of ${certificateFile}`, { cause });
  }
  return { certificate, privateKey };
}

/** OpenSSL skips what it cannot read in a file of authorities, without a word: so it is read here. */
function loadPem(file: string): Buffer {
  const pem = readFileSync(file);
  const text = pem.toString('latin1');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const begun = text.split('-----BEGIN').length - 1;
  try {
    if (blocks.length === 0 || blocks.length !== begun) throw new Error('a block is not whole');
    for (const block of blocks) new X509Certificate(block);
  } catch (cause) {
    throw new Error(`${file} must hold certificates in PEM`, { cause });
  }
  return pem;
}

function isSame(one: Certificates, other: Certificates): boolean {
  const textOf = ({ own, authorities }: Certificates) =>
    [own?.certificate, own?.privateKey, authorities?.caCertificate].join('\n');
  return textOf(one) === textOf(other);
}
