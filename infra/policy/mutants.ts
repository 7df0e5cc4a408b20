/** JSON that may be changed: a copy of a synthesized stack. */
export type Mutable = {
  [key: string]: Mutable | string | number | boolean | null | Mutable[] | undefined;
};

/** Changes a copy of a stack for the worse; gives how many places it changed. */
export type Mutation = (stack: Mutable) => number;

const REMOVED = Symbol('removed');

function resources(stack: Mutable, type: string, name = ''): Mutable[] {
  const byName = (stack.resource as Mutable)[type] as Mutable | undefined;
  return Object.entries(byName ?? {}).flatMap(([key, resource]) =>
    key.includes(name) ? [resource as Mutable] : [],
  );
}

function assign(target: Mutable, dotted: string, value: unknown): number {
  const keys = dotted.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce<unknown>(
    (part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key],
    target,
  ) as Record<string, unknown> | undefined;
  if (!parent) return 0;
  if (value === REMOVED) {
    if (!(last in parent)) return 0;
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  } else parent[last] = value;
  return 1;
}

/** Sets an attribute of the first resource of the type whose name contains `name`. */
export const set =
  (type: string, dotted: string, value: unknown, name?: string): Mutation =>
  (stack) => {
    const [first] = resources(stack, type, name);
    return first ? assign(first, dotted, value) : 0;
  };

/** Removes an attribute of the first resource of the type. */
export const unset = (type: string, dotted: string, name?: string): Mutation =>
  set(type, dotted, REMOVED, name);

/** Removes the first resource of the type whose name contains `name`. */
export const drop =
  (type: string, name = ''): Mutation =>
  (stack) => {
    const byName = (stack.resource as Mutable)[type] as Mutable | undefined;
    const key = Object.keys(byName ?? {}).find((candidate) => candidate.includes(name));
    if (!byName || !key) return 0;
    delete byName[key];
    return 1;
  };

/** Adds a resource. */
export const add =
  (type: string, attributes: Mutable): Mutation =>
  (stack) =>
    assign(stack.resource as Mutable, type, {
      ...((stack.resource as Mutable)[type] as Mutable | undefined),
      added: attributes,
    });

/** Sets or, without a value, removes something outside the resources. */
export const setTop =
  (dotted: string, value: unknown = REMOVED): Mutation =>
  (stack) =>
    assign(stack, dotted, value);

/** Changes a policy that is JSON in an attribute. */
export const editPolicy =
  (
    type: string,
    attribute: string,
    edit: (statements: Record<string, unknown>[]) => void,
    name?: string,
  ): Mutation =>
  (stack) => {
    const [first] = resources(stack, type, name);
    if (!first) return 0;
    const policy = JSON.parse(String(first[attribute]));
    edit(policy.Statement);
    first[attribute] = JSON.stringify(policy);
    return 1;
  };
