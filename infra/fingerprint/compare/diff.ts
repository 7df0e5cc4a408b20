import { SHORTEST_DIGESTED_BYTES } from '../baseline/baseline';
import { isDigest, matchesDigest } from '../baseline/digest';
import { type Shortening, shorten } from '../baseline/shorten';
import { isZero } from '../canonical/is-zero';
import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { type FieldPath, field, renderPath } from '../path/field-path';
import { fieldsOf, type ListShape, type Shape, type StructShape } from '../schema/shape';
import { canonicalJson } from '../text/canonical-json';
import { isAtDefaultOnBothSides } from './dependent-default';
import type { Finding } from './finding';
import { below, type IgnorePath } from './ignore-path';
import { isPlainlyEqual } from './is-plainly-equal';
import { isWithoutOrder, lostOrder } from './list-order';
import { type Pair, pairAsSet, pairByKeys, pairByPlace } from './pair-elements';
import { settled } from './server-owned';

/** Where a comparison stands. */
export interface Place {
  readonly path: FieldPath | undefined;
  /** Ignore paths that may still match below. */
  readonly ignore: readonly IgnorePath[];
  /** How values are shown in findings. */
  readonly showing: Shortening;
}

/** What is known of a field's value on one side; `undefined` is absence. */
type Side = JsonValue | undefined;
type Findings = readonly Finding[];

const NONE: Findings = [];

/**
 * The differences between two normalised values of a shape, each at the deepest field that names
 * it: a struct or element that came or went as a whole is one finding.
 *
 * @param context `type.field` of the struct the value stands in, for what is known of its order.
 */
export function diff(
  shape: Shape | undefined,
  expected: Side,
  found: Side,
  place: Place,
  context = '',
): Findings {
  // Nearly every value is as stated, and this costs a fraction of naming what is not.
  if (isPlainlyEqual(expected, found)) return NONE;
  if (shape === undefined) return diffUnknown(expected, found, place);
  if (isNothing(shape, expected) !== isNothing(shape, found)) {
    return diffPresence(shape, expected, found, place, context);
  }
  switch (shape.kind) {
    case 'struct':
      return diffStruct(shape, expected, found, place);
    case 'map':
      return diffFields(undefined, () => shape.value, asObject(expected), asObject(found), place);
    case 'list':
      return diffList(shape, expected, found, place, context);
    case 'scalar':
      return isSameScalar(shape.scalar === 'bytes', expected, found)
        ? NONE
        : report(shape, expected, found, place);
  }
}

function diffStruct(shape: StructShape, expected: Side, found: Side, place: Place): Findings {
  const isMistyped = [expected, found].some((side) => side !== undefined && !isJsonObject(side));
  if (isMistyped) return diffUnknown(expected, found, place);
  const stated = asObject(expected);
  const live = settled(shape.type, stated, asObject(found));
  const fields = fieldsOf(shape.type);
  return diffFields(shape.type, (name) => fields.get(name), stated, live, place);
}

function diffFields(
  type: string | undefined,
  shapeOf: (name: string) => Shape | undefined,
  expected: JsonObject,
  found: JsonObject,
  place: Place,
): Findings {
  const findings: Finding[] = [];
  const names = Object.keys(expected);
  const added = Object.keys(found).filter((name) => !Object.hasOwn(expected, name));
  for (const name of [...names, ...added]) {
    const stated = own(expected, name);
    const live = own(found, name);
    if (stated === live) continue;
    const path = field(place.path, name);
    const ignore = below(place.ignore, path.step);
    if (ignore === 'all') continue;
    const deeper = diff(shapeOf(name), stated, live, { ...place, path, ignore }, `${type}.${name}`);
    const isConsequence =
      type && deeper.length > 0 && isAtDefaultOnBothSides(type, name, expected, found);
    if (!isConsequence) findings.push(...deeper);
  }
  return findings;
}

function diffList(
  shape: ListShape,
  expected: Side,
  found: Side,
  place: Place,
  context: string,
): Findings {
  const isMistyped = [expected, found].some((side) => side !== undefined && !Array.isArray(side));
  if (isMistyped) return diffUnknown(expected, found, place);
  const stated: readonly JsonValue[] = Array.isArray(expected) ? expected : [];
  const live: readonly JsonValue[] = Array.isArray(found) ? found : [];
  const findings = pairElements(shape, stated, live, place, context).flatMap((pair) =>
    diffElement(shape.item, pair, place),
  );
  const order = lostOrder(context, shape, stated, live);
  return order ? [...findings, ...report(undefined, order.expected, order.found, place)] : findings;
}

function pairElements(
  shape: ListShape,
  expected: readonly JsonValue[],
  found: readonly JsonValue[],
  { showing }: Place,
  context: string,
): readonly Pair[] {
  const how = { ...showing, longerThanBytes: SHORTEST_DIGESTED_BYTES };
  const identity = (element: JsonValue): string => canonicalJson(shorten(shape.item, element, how));
  if (shape.keys.length > 0) return pairByKeys(shape, expected, found, identity);
  const isSet = shape.isSet || isWithoutOrder(context);
  return (isSet ? pairAsSet : pairByPlace)(expected, found, identity);
}

function diffElement(shape: Shape, { step, expected, found }: Pair, place: Place): Findings {
  const ignore = below(place.ignore, step);
  if (ignore === 'all') return NONE;
  const at = { ...place, path: { parent: place.path, step }, ignore };
  // An element that came or went is named as a whole, never by its parts.
  const isThere = expected !== undefined && found !== undefined;
  return isThere ? diff(shape, expected, found, at) : report(shape, expected, found, at);
}

/**
 * A value came or went as a whole: one finding, named by its only child where it has but one. Where
 * ignore paths may point into it, each of its children is looked at instead.
 */
function diffPresence(
  shape: Shape,
  expected: Side,
  found: Side,
  place: Place,
  context: string,
): Findings {
  const children = Object.keys((expected ?? found) as object).length;
  const isWhole = place.ignore.length === 0 && children !== 1;
  if (shape.kind === 'scalar' || children === 0 || isWhole) {
    return report(shape, expected, found, place);
  }
  if (shape.kind === 'list') return diffList(shape, expected, found, place, context);
  const stated = asObject(expected);
  const live = asObject(found);
  const isMistyped = [expected, found].some((side) => side !== undefined && !isJsonObject(side));
  if (isMistyped) return report(shape, expected, found, place);
  if (shape.kind === 'map') return diffFields(undefined, () => shape.value, stated, live, place);
  const fields = fieldsOf(shape.type);
  return diffFields(shape.type, (name) => fields.get(name), stated, live, place);
}

/** Whether there is nothing to compare with: absence, or an empty list, map or plain struct. */
function isNothing(shape: Shape, side: Side): boolean {
  return side === undefined || (shape.kind !== 'scalar' && isZero(shape, side));
}

function diffUnknown(expected: Side, found: Side, place: Place): Findings {
  const isEqual =
    expected !== undefined &&
    found !== undefined &&
    canonicalJson(expected) === canonicalJson(found);
  return isEqual ? NONE : report(undefined, expected, found, place);
}

function isSameScalar(isBytes: boolean, expected: Side, found: Side): boolean {
  if (!isDigest(expected)) return expected === found;
  return found !== undefined && matchesDigest(expected, found, isBytes ? 'base64' : 'utf8');
}

function report(shape: Shape | undefined, expected: Side, found: Side, place: Place): Findings {
  const kind = expected === undefined ? 'added' : found === undefined ? 'removed' : 'changed';
  const shown = (side: JsonValue): JsonValue => shorten(shape, side, place.showing);
  return [
    {
      field: renderPath(place.path),
      kind,
      ...(expected !== undefined && { expected: shown(expected) }),
      ...(found !== undefined && { found: shown(found) }),
    },
  ];
}

function asObject(side: Side): JsonObject {
  return isJsonObject(side) ? side : {};
}

/** An entry that is really there: a label may be called `constructor`. */
function own(object: JsonObject, name: string): Side {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
