import type { JsonValue } from '../kubernetes-object';

const HOST_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = `(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?<name>(?:${HOST}/)?(?<path>${PATH_PART}(?:/${PATH_PART})*))(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);
const BARE_IDENTIFIER = /^[a-f0-9]{64}$/;
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
const MAX_PATH_LENGTH = 255;

/**
 * The pull policy of an image without one: `Always` for the tag `latest`, also when it is only
 * implied, else `IfNotPresent` — also for what is no valid reference, whose tag upstream reads as
 * empty. A digest implies no tag.
 * @see https://github.com/distribution/reference/blob/v0.6.0/normalize.go
 */
export function defaultPullPolicy(image: JsonValue | undefined): 'Always' | 'IfNotPresent' {
  if (typeof image !== 'string' || BARE_IDENTIFIER.test(image)) return 'IfNotPresent';
  const { path, tag, digest } = REFERENCE.exec(normaliseName(image))?.groups ?? {};
  const isValid =
    path !== undefined &&
    path.length <= MAX_PATH_LENGTH &&
    (digest === undefined || DIGEST.test(digest));
  if (!isValid) return 'IfNotPresent';
  const effectiveTag = tag ?? (digest === undefined ? 'latest' : '');
  return effectiveTag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** Adds the registry and the folder that Docker Hub's short names leave out. */
function normaliseName(image: string): string {
  const slash = image.indexOf('/');
  if (slash === -1) return `docker.io/library/${image}`;
  const first = image.slice(0, slash);
  const rest = image.slice(slash + 1);
  const isHub = first === 'index.docker.io' || first === 'docker.io';
  if (isHub) return rest.includes('/') ? `docker.io/${rest}` : `docker.io/library/${rest}`;
  const isHost = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  return isHost ? image : `docker.io/${image}`;
}
