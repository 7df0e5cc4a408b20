import { isDigest } from '../baseline/digest';
import { adjusted } from '../defaults/defaults';
import { gateOf } from '../defaults/gated-fields';
import { withDefaults } from '../defaults/with-defaults';
import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { elementSteps } from '../path/element-steps';
import { type FieldPath, field } from '../path/field-path';
import type { Problem } from '../refusal';
import {
  fieldsOf,
  inlineStructsOf,
  type ListShape,
  type MapShape,
  type Shape,
} from '../schema/shape';
import { isZero } from './is-zero';
import { normaliseScalar } from './normalise-scalar';
import { addProblem } from './problem';

/**
 * How strict to be. An intended object collects a problem for everything the server would refuse,
 * drop or store in another form than the one hashed; a live object or a baseline refuses nothing,
 * and keeps what it does not know so that it can be reported.
 */
export interface Normalising {
  /** Where to collect problems; absent for live objects and baselines. */
  readonly problems?: Problem[];
}

/**
 * An object of a type as the API server would store it: nulls and zero values that it does not
 * keep are gone, its defaults are filled in, quantities are canonical.
 *
 * `undefined` means that nothing would be stored.
 */
export function normalise(
  shape: Shape,
  value: JsonValue,
  path: FieldPath | undefined,
  options: Normalising,
): JsonValue | undefined {
  switch (shape.kind) {
    case 'struct':
      return normaliseStruct(shape.type, value, path, options);
    case 'list':
      return normaliseList(shape, value, path, options);
    case 'map':
      return normaliseMap(shape, value, path, options);
    case 'scalar': {
      if (isDigest(value) && !options.problems) return value as JsonValue;
      const scalar = normaliseScalar(shape.scalar, value);
      if ('code' in scalar) addProblem(options.problems, scalar.code, path, scalar.message);
      return scalar.value;
    }
  }
}

/** As {@link normalise} for a struct by its type's name; always an object unless mistyped. */
export function normaliseStruct(
  type: string,
  value: JsonValue,
  path: FieldPath | undefined,
  options: Normalising,
): JsonValue {
  if (!isJsonObject(value)) {
    addProblem(
      options.problems,
      'wrong-type',
      path,
      `must be an object, got ${JSON.stringify(value)}; give its fields`,
    );
    return value;
  }
  const fields = fieldsOf(type);
  const self = withDefaults(type, adjusted(type, keptFields(type, value, path, options)));
  const result: Record<string, JsonValue> = {};
  // A struct that is no pointer exists even when nobody wrote it, so its defaults hold.
  const unwritten = inlineStructsOf(type).filter((name) => self[name] === undefined);
  for (const name of [...Object.keys(self), ...unwritten]) {
    const shape = fields.get(name);
    const given = self[name] ?? {};
    const child = shape ? normalise(shape, given, field(path, name), options) : given;
    if (child !== undefined && !(shape && isZero(shape, child))) put(result, name, child);
  }
  return result;
}

/** The fields that the server keeps, unknown ones too unless problems are collected. */
function keptFields(
  type: string,
  value: JsonObject,
  path: FieldPath | undefined,
  { problems }: Normalising,
): JsonObject {
  const fields = fieldsOf(type);
  const kept: Record<string, JsonValue> = {};
  for (const name of Object.keys(value)) {
    const given = value[name];
    const shape = fields.get(name);
    if (given === null || given === undefined) continue;
    // An empty struct may still get defaults.
    if (shape && shape.kind !== 'struct' && isZero(shape, given)) continue;
    const refused = problems && refusalOf(type, name);
    if (refused) addProblem(problems, refused.code, field(path, name), refused.message);
    else put(kept, name, given);
  }
  return kept;
}

function refusalOf(type: string, name: string): Omit<Problem, 'path'> | undefined {
  const fields = fieldsOf(type);
  if (!fields.has(name)) {
    const known = [...fields.keys()].join(', ');
    const message = `is no field of ${type} in Kubernetes 1.36, which has ${known}; correct or remove it`;
    return { code: 'unknown-field', message };
  }
  const gate = gateOf(`${type}.${name}`);
  if (gate === undefined) return undefined;
  const message = `is dropped by Kubernetes 1.36, whose feature gate ${gate} is off by default; remove it`;
  return { code: 'gated-field', message };
}

function normaliseList(
  shape: ListShape,
  value: JsonValue,
  path: FieldPath | undefined,
  options: Normalising,
): JsonValue | undefined {
  if (!Array.isArray(value)) {
    addProblem(
      options.problems,
      'wrong-type',
      path,
      `must be a list, got ${JSON.stringify(value)}; put it into a list of one`,
    );
    return value;
  }
  const list: readonly JsonValue[] = value;
  if (list.length === 0) return undefined;
  const steps = options.problems ? elementSteps(shape, list) : [];
  return list.map((item, index) => {
    const step = steps[index];
    return normalise(shape.item, item, step && { parent: path, step }, options) ?? item;
  });
}

function normaliseMap(
  shape: MapShape,
  value: JsonValue,
  path: FieldPath | undefined,
  options: Normalising,
): JsonValue | undefined {
  if (!isJsonObject(value)) {
    addProblem(
      options.problems,
      'wrong-type',
      path,
      `must be a map, got ${JSON.stringify(value)}; give keys and values`,
    );
    return value;
  }
  const result: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (entry === undefined) continue;
    const at = field(path, key);
    const name = normaliseScalar('string', key);
    if ('code' in name) addProblem(options.problems, name.code, at, name.message);
    put(result, key, normalise(shape.value, entry, at, options) ?? entry);
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

/** Adds an entry, also one called `__proto__`, which plain assignment would not keep. */
function put(record: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name !== '__proto__') record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true });
}
