import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';

/** Takes out of a live struct what the server or a controller filled in where nothing was stated. */
type Settle = (expected: JsonObject, found: JsonObject) => JsonObject;

const JOB_LABELS = [
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
];
const JOB_SELECTORS = new Set(['batch.kubernetes.io/controller-uid', 'controller-uid']);
const ALLOCATED = ['clusterIP', 'clusterIPs', 'ipFamilies', 'healthCheckNodePort'];

const SETTLE: Readonly<Record<string, Settle>> = {
  'batch.JobSpec': settleJob,
  'core.ServiceSpec': settleService,
};

/**
 * A live struct without what is neither stated nor a default, but allocated: a Service's cluster
 * IPs, a Job's selector and labels.
 */
export function settled(type: string, expected: JsonObject, found: JsonObject): JsonObject {
  return SETTLE[type]?.(expected, found) ?? found;
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/registry/core/service/storage/alloc.go */
function settleService(expected: JsonObject, found: JsonObject): JsonObject {
  const kept = without(
    found,
    ALLOCATED.filter((name) => expected[name] === undefined),
  );
  if (expected.type === found.type) return kept;
  // A change of type allocates or releases these by itself; the type is the finding.
  const released = ALLOCATED.filter(
    (name) => found[name] === undefined && expected[name] !== undefined,
  );
  const restored = Object.fromEntries(released.map((name) => [name, expected[name]]));
  return { ...kept, ...restored, ...withStatedNodePorts(expected, found) };
}

function withStatedNodePorts(expected: JsonObject, found: JsonObject): JsonObject {
  if (!Array.isArray(found.ports)) return {};
  const statedPorts: readonly JsonValue[] = Array.isArray(expected.ports) ? expected.ports : [];
  const ports = found.ports.map((port: JsonValue) => {
    const stated = statedPorts.find((other) => isSamePort(other, port));
    if (!isJsonObject(port) || !isJsonObject(stated)) return port;
    const isOneSided = (port.nodePort === undefined) !== (stated.nodePort === undefined);
    if (!isOneSided) return port;
    const { nodePort: _, ...rest } = port;
    return stated.nodePort === undefined ? rest : { ...rest, nodePort: stated.nodePort };
  });
  return { ports };
}

function isSamePort(a: JsonValue, b: JsonValue): boolean {
  return isJsonObject(a) && isJsonObject(b) && a.port === b.port && a.protocol === b.protocol;
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/registry/batch/job/strategy.go generateSelector */
function settleJob(expected: JsonObject, found: JsonObject): JsonObject {
  if (expected.manualSelector === true) return found;
  const isGenerated = isEmptySelector(expected.selector) && selectsOwnPods(found.selector);
  const { template } = found;
  const kept = isGenerated ? withSelectorOf(expected, found) : found;
  return {
    ...kept,
    ...(isJsonObject(template) && { template: withoutJobLabels(expected.template, template) }),
  };
}

function withSelectorOf({ selector }: JsonObject, found: JsonObject): JsonObject {
  const rest = without(found, ['selector']);
  return selector === undefined ? rest : { ...rest, selector };
}

function isEmptySelector(selector: JsonValue | undefined): boolean {
  return selector === undefined || (isJsonObject(selector) && Object.keys(selector).length === 0);
}

function selectsOwnPods(selector: JsonValue | undefined): boolean {
  if (!isJsonObject(selector) || Object.keys(selector).join() !== 'matchLabels') return false;
  const keys = Object.keys(selector.matchLabels ?? {});
  return keys.every((key) => JOB_SELECTORS.has(key));
}

function withoutJobLabels(expected: JsonValue | undefined, template: JsonObject): JsonObject {
  const stated = labelsOf(expected);
  const labels = without(
    labelsOf(template),
    JOB_LABELS.filter((key) => stated[key] === undefined),
  );
  const metadata = isJsonObject(template.metadata) ? template.metadata : {};
  const rest = without(metadata, ['labels']);
  const isEmpty = Object.keys(labels).length === 0;
  return { ...template, metadata: isEmpty ? rest : { ...rest, labels } };
}

function labelsOf(template: JsonValue | undefined): JsonObject {
  const metadata = isJsonObject(template) ? template.metadata : undefined;
  const labels = isJsonObject(metadata) ? metadata.labels : undefined;
  return isJsonObject(labels) ? labels : {};
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => object[name] !== undefined)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
