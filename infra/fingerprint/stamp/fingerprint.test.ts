import fc from 'fast-check';
import { parseBaseline } from '../baseline/baseline';
import type { JsonObject } from '../kubernetes-object';
import { sha256 } from '../sha256';
import { arbitraryManifest } from '../testing/arbitrary-manifest';
import { fingerprint } from './fingerprint';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'marketplace' },
  spec: {
    type: 'NodePort',
    selector: { app: 'marketplace' },
    ports: [{ port: 80, targetPort: 5000, nodePort: 31184 }],
  },
};
const role = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'r' },
  rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }],
};

test('an intended object has the v1 hash of the live object it will become', () => {
  const { specHash, preimage } = fingerprint(service);
  expect(specHash).toBe('735d599907000677237e972bfac3648b8ea925d1c85823dc6e0a43bcab521bfb');
  expect(preimage).toBe(
    '{"type":"NodePort","selector":{"app":"marketplace"},"ports":[{"protocol":"TCP","port":80,"targetPort":"5000","nodePort":31184}]}',
  );
});

test('a kind that v1 does not know has the hash of its baseline', () => {
  const { specHash, baseline, baselineHash } = fingerprint(role);
  expect(specHash).toBe(sha256(baseline));
  expect(baselineHash).toBe(specHash);
});

test('stamps label, hash and baseline, and ignore only when there is something to ignore', () => {
  const plain = fingerprint(service);
  expect(plain.labels).toEqual({ 'tfdrift.jin.dev/enabled': 'true' });
  expect(plain.annotations).toEqual({
    'tfdrift.jin.dev/spec-hash': plain.specHash,
    'tfdrift.jin.dev/baseline': plain.baseline,
  });
  const ignoring = fingerprint(service, { ignore: ['spec.type', 'spec.selector'] });
  expect(ignoring.annotations).toMatchObject({
    'tfdrift.jin.dev/ignore': 'spec.selector, spec.type',
  });
  expect(parseBaseline(ignoring.baseline).ignore).toEqual(['spec.selector', 'spec.type']);
});

test('is idempotent: a stamped object has the same fingerprint', () => {
  fc.assert(
    fc.property(arbitraryManifest, (manifest) => {
      const { labels, annotations, specHash, baseline } = fingerprint(manifest);
      const metadata = { ...(manifest.metadata as JsonObject), labels, annotations };
      expect(fingerprint({ ...manifest, metadata })).toMatchObject({ specHash, baseline });
    }),
    { numRuns: 100 },
  );
});

test('refuses an ignore path that cannot be read', () => {
  expect(() => fingerprint(service, { ignore: ['/spec/replicas'] })).toThrow(
    'must be a path such as spec.replicas',
  );
});

test('refuses an object whose annotations would not fit, with the size', () => {
  const data = Object.fromEntries(
    Array.from({ length: 4000 }, (_, i) => [`key-${i}`, 'x'.repeat(100)]),
  );
  const object = { apiVersion: 'v1', kind: 'ConfigMap', data };
  expect(() => fingerprint(object)).toThrow(
    /must be at most 262144 bytes together, got \d{6}, most of it in tfdrift\.jin\.dev\/baseline/,
  );
  const annotations = { big: 'x'.repeat(262_000) };
  expect(() => fingerprint({ ...role, metadata: { annotations } })).toThrow(/most of it in big/);
});
