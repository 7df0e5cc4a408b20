import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import type { Problem } from '../refusal';

/**
 * Finds what makes the v1 hash of an intended object unknowable: elements that v1 sorts and
 * cannot tell apart, and node ports that the server would choose.
 *
 * @param object normalised, so defaults are there.
 */
export function v1Problems(object: JsonObject): readonly Problem[] {
  const spec = asObject(object.spec);
  if (object.kind === 'Deployment') return deploymentProblems(spec);
  return object.kind === 'Service' ? serviceProblems(spec) : [];
}

function deploymentProblems(spec: JsonObject): readonly Problem[] {
  const path = 'spec.template.spec.containers';
  const containers = asList(asObject(asObject(spec.template).spec).containers);
  const twins = ambiguous(
    containers,
    path,
    ({ name }) => `name ${name}`,
    () => '',
  );
  return [
    ...twins,
    ...containers.flatMap((container) => {
      const at = `${path}[name=${container.name}]`;
      return [
        ...ambiguous(
          asList(container.env),
          `${at}.env`,
          ({ name }) => `name ${name}`,
          () => '',
        ),
        ...ambiguous(
          asList(container.ports),
          `${at}.ports`,
          ({ containerPort, name }) =>
            `containerPort ${containerPort} and ${name ? `name ${name}` : 'no name'}`,
          ({ protocol }) => String(protocol),
        ),
      ];
    }),
  ];
}

function serviceProblems(spec: JsonObject): readonly Problem[] {
  const ports = asList(spec.ports);
  const hasNodePorts =
    spec.type === 'NodePort' ||
    (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
  const unpinned = hasNodePorts ? ports.filter(({ nodePort }) => nodePort === undefined) : [];
  return [
    ...ambiguous(
      ports,
      'spec.ports',
      ({ port, name }) => `port ${port} and ${name ? `name ${name}` : 'no name'}`,
      (port) => JSON.stringify(port),
    ),
    ...unpinned.map(({ port, protocol }) => ({
      code: 'unpinned-node-port' as const,
      path: `spec.ports[port=${port},protocol=${protocol}].nodePort`,
      message: `must be pinned in a ${spec.type} Service, got none, so the server would choose one and the hash cannot be known; set a nodePort between 30000 and 32767${spec.type === 'LoadBalancer' ? ' or allocateLoadBalancerNodePorts: false' : ''}`,
    })),
  ];
}

/**
 * Elements with the same sort key. Those whose hashed part is the same too cannot change the
 * preimage by changing places; where `hashed` is constant, a second one is always refused.
 */
function ambiguous(
  elements: readonly JsonObject[],
  path: string,
  sortKey: (element: JsonObject) => string,
  hashed: (element: JsonObject) => string,
): readonly Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const element of elements) {
    const key = sortKey(element);
    const rest = hashed(element);
    const before = first.get(key);
    if (before === undefined) first.set(key, rest);
    else if (rest === '' || rest !== before) {
      problems.push({
        code: 'ambiguous-order',
        path,
        message: `must not have two elements with ${key}, got two, whose order the hash cannot tell; give each its own name or remove one`,
      });
    }
  }
  return problems;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function asList(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
