/** The attributes of a resource, as Terraform reads them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A synthesized stack as JSON; only what rules look at. */
export interface StackJson {
  readonly terraform?: Attributes;
  readonly provider?: Readonly<Record<string, readonly Attributes[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly locals?: Attributes;
}

/** One resource of a stack. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  /** Path of its construct, which leads a person to the code. */
  readonly path: string;
  readonly attributes: Attributes;
}

/** What a rule found. */
export interface Violation {
  readonly rule: string;
  readonly path: string;
  /** The attribute, and what it is. */
  readonly field: string;
  readonly value: unknown;
  readonly remedy: string;
}

/** What no stack may violate: pure, over a stack's JSON. */
export interface PolicyRule {
  readonly name: string;
  violations(stack: StackJson): readonly Violation[];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** All resources of the given types, or of every type. */
export function resourcesIn(stack: StackJson, ...types: readonly string[]): readonly Resource[] {
  return Object.entries(stack.resource ?? {}).flatMap(([type, byName]) =>
    types.length > 0 && !types.includes(type)
      ? []
      : Object.entries(byName).map(([name, attributes]) => ({
          type,
          name,
          path: textOf(valueAt(attributes, '//.metadata.path')) || `${type}.${name}`,
          attributes,
        })),
  );
}

/** The value at a dotted path; undefined when any part of the way is absent. A list of one is its element. */
export function valueAt(attributes: unknown, dotted: string): unknown {
  return dotted.split('.').reduce<unknown>((value, key) => {
    const inner = Array.isArray(value) && !/^\d+$/.test(key) ? value[0] : value;
    return (inner as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  }, attributes);
}

/** A block that may stand alone or in a list, always as a list. */
export function blocksAt(attributes: unknown, dotted: string): readonly Attributes[] {
  const value = valueAt(attributes, dotted);
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as readonly Attributes[];
}

/** A rule that demands one value of one attribute. `isFine` sees undefined where it is absent. */
export function attributeRule(
  name: string,
  types: readonly string[],
  field: string,
  isFine: (value: unknown, resource: Resource) => boolean,
  remedy: string,
): PolicyRule {
  return {
    name,
    violations: (stack) =>
      resourcesIn(stack, ...types).flatMap((resource) => {
        const value = valueAt(resource.attributes, field);
        return isFine(value, resource)
          ? []
          : [{ rule: name, path: resource.path, field, value, remedy }];
      }),
  };
}

/** `true` or the string that launch templates want instead. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';
export const isFalse = (value: unknown): boolean => value === false || value === 'false';
export const isText = (value: unknown): boolean => textOf(value) !== '';
