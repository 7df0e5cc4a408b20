import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { check, fingerprint, type JsonObject, sha256, v1Preimage } from './index';

const OBJECTS = 20_000;
const ROUNDS = 5;
const MICROSECONDS = 1000;

/** A Deployment as an API server returns it: one container, a handful of variables and probes. */
function typicalDeployment(i: number, variables = 8): JsonObject {
  const env = Array.from({ length: variables }, (_, n) => ({
    name: `VARIABLE_${n}`,
    value: `value ${i}-${n} <a&b>`,
  }));
  const probe = {
    httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  const container = {
    name: 'web',
    image: `registry.example/web-${i}:v${i % 7}`,
    env,
    ports: [
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
    ],
    resources: {
      limits: { cpu: '500m', memory: '128Mi' },
      requests: { cpu: '50m', memory: '64Mi' },
    },
    livenessProbe: probe,
    readinessProbe: probe,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  };
  const labels = {
    'app.kubernetes.io/name': `web-${i}`,
    'app.kubernetes.io/part-of': 'shop',
    tier: 'front',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${i}`, namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 1 } },
      template: {
        metadata: { labels, annotations: { 'example.com/config': `${i}` } },
        spec: { containers: [container] },
      },
    },
  };
}

function hashOf(object: JsonObject): string {
  return sha256(v1Preimage(object) ?? '');
}

function withStamp(object: JsonObject): JsonObject {
  const { labels, annotations } = fingerprint(object);
  return { ...object, metadata: { ...(object.metadata as JsonObject), labels, annotations } };
}

/** The best of a few rounds, in nanoseconds for one object. */
function nanoseconds(
  objects: readonly JsonObject[],
  work: (object: JsonObject) => unknown,
): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    for (const object of objects) work(object);
    return Number(process.hrtime.bigint() - start) / objects.length;
  });
  return Math.min(...rounds);
}

/** The same work in Go, or `undefined` where Go is not on the PATH. */
function inGo(
  objects: readonly JsonObject[],
): { readonly ns: number; readonly hash: string } | undefined {
  if (spawnSync('go', ['version']).error) return undefined;
  const input = objects.map((object) => JSON.stringify(object)).join('\n');
  const [ns, hash = ''] = execFileSync('go', ['run', join(__dirname, 'bench', 'main.go')], {
    input,
  })
    .toString()
    .trim()
    .split(' ');
  return { ns: Number(ns), hash };
}

function row(name: string, ns: number, reference: number): string {
  const perSecond = Math.round(1e9 / ns).toLocaleString('en');
  return `| ${name} | ${(ns / MICROSECONDS).toFixed(1)} µs | ${perSecond} | ${(ns / reference).toFixed(2)} |`;
}

const objects = Array.from({ length: OBJECTS }, (_, i) => typicalDeployment(i));
const stamped = objects.slice(0, OBJECTS / 10).map(withStamp);
const ours = nanoseconds(objects, hashOf);
const go = inGo(objects);
if (go && go.hash !== sha256(objects.map(hashOf).join('')))
  throw new Error('Go and TypeScript hash differently');
const reference = go?.ns ?? ours;

const sizes = [10, 100, 1000, 10_000].map((variables) => {
  const ns = nanoseconds([typicalDeployment(0, variables)], hashOf);
  const bytes = v1Preimage(typicalDeployment(0, variables))?.length ?? 0;
  return `| ${variables} | ${bytes} | ${(ns / MICROSECONDS).toFixed(0)} µs | ${(ns / bytes).toFixed(1)} |`;
});

console.log(`| what | each | a second | ${go ? 'times Go' : 'times v1'} |
|---|--:|--:|--:|
${go ? `${row('v1 hash in Go', go.ns, reference)}\n` : ''}${row('v1 hash', ours, reference)}
${row(
  'stamp an object',
  nanoseconds(objects.slice(0, OBJECTS / 10), (object) => fingerprint(object)),
  reference,
)}
${row('check a stamped object', nanoseconds(stamped, check), reference)}

| variables | preimage bytes | v1 hash | ns a byte |
|--:|--:|--:|--:|
${sizes.join('\n')}`);
