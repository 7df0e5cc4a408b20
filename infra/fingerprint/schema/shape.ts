import { types } from '../gen/types';

/** Scalars of the Kubernetes API, by how they are normalised and compared. */
export type ScalarName =
  | 'bookkeeping'
  | 'bool'
  | 'bytes'
  | 'int'
  | 'intOrString'
  | 'quantity'
  | 'resourceQuantity'
  | 'string'
  | 'time';

/** The shape of a value, compiled from the notation in gen/types.ts. */
export type Shape = ScalarShape | StructShape | ListShape | MapShape;

/** A scalar; behind a pointer its zero value is kept apart from absence. */
export interface ScalarShape {
  readonly kind: 'scalar';
  readonly scalar: ScalarName;
  readonly isPointer: boolean;
}

/** A struct by its type's name, for example `core.Container`. */
export interface StructShape {
  readonly kind: 'struct';
  readonly type: string;
  readonly isPointer: boolean;
}

/** A list: `keys` pair its elements, `isSet` says that order and place mean nothing. */
export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  readonly keys: readonly string[];
  readonly isSet: boolean;
}

/** A map from text to values of one shape. */
export interface MapShape {
  readonly kind: 'map';
  readonly value: Shape;
}

/** The fields of a struct type. */
export type Fields = ReadonlyMap<string, Shape>;

const NOTATION =
  /^(?:(?<pointer>\*)?(?<name>[\w.]+)|\[(?<item>[^;]+)(?:;(?<keys>.+))?\]|\{(?<value>.+)\})$/;
const fieldsOfType = new Map<string, Fields>();
const inlineStructsOfType = new Map<string, readonly string[]>();

/**
 * The fields of a type, compiled once.
 *
 * The notation: `string` a scalar, `core.Container` a struct, `*T` behind a pointer, `[T]` a list,
 * `[T;name]` a list paired by key, `[T;=]` a list without order, `{T}` a map.
 */
export function fieldsOf(type: string): Fields {
  const known = fieldsOfType.get(type);
  if (known) return known;
  const compiled = new Map(
    Object.entries(types[type] ?? {}).map(([name, notation]) => [name, parseShape(notation)]),
  );
  fieldsOfType.set(type, compiled);
  return compiled;
}

/** The fields of a type that hold a struct which is always there, for lack of a pointer. */
export function inlineStructsOf(type: string): readonly string[] {
  const known = inlineStructsOfType.get(type);
  if (known) return known;
  const names = [...fieldsOf(type)]
    .filter(([, shape]) => shape.kind === 'struct' && !shape.isPointer)
    .map(([name]) => name);
  inlineStructsOfType.set(type, names);
  return names;
}

function parseShape(notation: string): Shape {
  const { pointer, name, item, keys, value } = NOTATION.exec(notation)?.groups ?? {};
  if (item) {
    const isSet = keys === '=';
    return {
      kind: 'list',
      item: parseShape(item),
      keys: isSet || !keys ? [] : keys.split(','),
      isSet,
    };
  }
  if (value) return { kind: 'map', value: parseShape(value) };
  if (!name) throw new SyntaxError(`gen/types.ts has a notation that cannot be read: ${notation}`);
  const isPointer = pointer !== undefined;
  if (name.includes('.')) return { kind: 'struct', type: name, isPointer };
  return { kind: 'scalar', scalar: name as ScalarName, isPointer };
}
