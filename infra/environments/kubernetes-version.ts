/**
 * How many minor versions a kubelet may be behind its API server, and it may never be ahead.
 * Source: Kubernetes "Version Skew Policy".
 */
export const MAX_KUBELET_SKEW = 3;

/** Minor versions for which `infra/nodes` is written and proven. */
export const SUPPORTED_MINORS: readonly number[] = [36];

/** `1.36.3` → 36; NaN for anything else. */
export function minorOf(version: string): number {
  return Number(/^1\.(\d+)\.\d+$/.exec(version)?.[1] ?? Number.NaN);
}

/** Below, at or above: the order of two full versions of one major. */
export function compareVersions(left: string, right: string): number {
  const patch = (version: string) => Number(version.split('.')[2]);
  return minorOf(left) - minorOf(right) || patch(left) - patch(right);
}
