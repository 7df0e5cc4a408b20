import { isJsonObject, type JsonValue } from '../kubernetes-object';
import { elementSteps } from '../path/element-steps';
import type { Step } from '../path/field-path';
import type { ListShape } from '../schema/shape';

/** An element that was stated, or is there, or both. */
export interface Pair {
  readonly step: Step;
  readonly expected?: JsonValue;
  readonly found?: JsonValue;
}

interface Element {
  readonly value: JsonValue;
  readonly step: Step;
}

/**
 * A text that two elements share when they are equal, also when one of them is a digest or holds
 * one. Must not throw.
 */
export type Identity = (element: JsonValue) => string;

/** Pairs by the list's keys; an element of which only a key changed still pairs with itself. */
export function pairByKeys(
  shape: ListShape,
  expected: readonly JsonValue[],
  found: readonly JsonValue[],
  identity: Identity,
): readonly Pair[] {
  const stated = elements(shape, expected);
  const live = elements(shape, found);
  const exact = pairEqual(stated, live, ({ step }) => JSON.stringify(step));
  const rekeyed = pairEqual(exact.stated, exact.live, ({ value }) =>
    identity(withoutKeys(shape, value)),
  );
  return [...exact.pairs, ...rekeyed.pairs, ...leftOver(rekeyed.stated, rekeyed.live)];
}

/** Pairs equal elements wherever they stand, and the others in their order. */
export function pairAsSet(
  expected: readonly JsonValue[],
  found: readonly JsonValue[],
  identity: Identity,
): readonly Pair[] {
  const equal = pairEqual(members(expected), members(found), ({ value }) => identity(value));
  const changed = Math.min(equal.stated.length, equal.live.length);
  return [
    ...equal.stated
      .slice(0, changed)
      .map(({ value, step }, i) => pair(step, value, equal.live[i]?.value)),
    ...leftOver(equal.stated.slice(changed), equal.live.slice(changed)),
  ];
}

/** Pairs by place, after what is equal at the start and at the end: one insertion is one difference. */
export function pairByPlace(
  expected: readonly JsonValue[],
  found: readonly JsonValue[],
  identity: Identity,
): readonly Pair[] {
  const isEqual = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
    a === b || identity(a ?? null) === identity(b ?? null);
  const shorter = Math.min(expected.length, found.length);
  let start = 0;
  while (start < shorter && isEqual(expected[start], found[start])) start++;
  let end = 0;
  while (end < shorter - start && isEqual(expected.at(-1 - end), found.at(-1 - end))) end++;
  const length = Math.max(expected.length, found.length) - end - start;
  return Array.from({ length }, (_, i) => {
    const index = start + i;
    return pair({ kind: 'index', index }, at(expected, index, end), at(found, index, end));
  });
}

function at(list: readonly JsonValue[], index: number, end: number): JsonValue | undefined {
  return index < list.length - end ? list[index] : undefined;
}

function elements(shape: ListShape, list: readonly JsonValue[]): readonly Element[] {
  return elementSteps(shape, list).map((step, i) => ({ step, value: list[i] ?? null }));
}

function members(list: readonly JsonValue[]): readonly Element[] {
  return list.map((value, index) => {
    const isScalar = typeof value !== 'object' || value === null;
    return { value, step: isScalar ? { kind: 'member', value } : { kind: 'index', index } };
  });
}

function pairEqual(
  stated: readonly Element[],
  live: readonly Element[],
  identity: (element: Element) => string,
): {
  readonly pairs: readonly Pair[];
  readonly stated: readonly Element[];
  readonly live: readonly Element[];
} {
  const waiting = new Map<string, Element[]>();
  for (const element of live) {
    const id = identity(element);
    waiting.set(id, [...(waiting.get(id) ?? []), element]);
  }
  const pairs: Pair[] = [];
  const unpaired: Element[] = [];
  for (const element of stated) {
    const match = waiting.get(identity(element))?.shift();
    if (match) pairs.push({ step: element.step, expected: element.value, found: match.value });
    else unpaired.push(element);
  }
  const rest = new Set([...waiting.values()].flat());
  return { pairs, stated: unpaired, live: live.filter((element) => rest.has(element)) };
}

function leftOver(stated: readonly Element[], live: readonly Element[]): readonly Pair[] {
  return [
    ...stated.map(({ step, value }) => pair(step, value, undefined)),
    ...live.map(({ step, value }) => pair(step, undefined, value)),
  ];
}

function pair(step: Step, expected: JsonValue | undefined, found: JsonValue | undefined): Pair {
  return {
    step,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
  };
}

function withoutKeys({ keys }: ListShape, value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !keys.includes(name)));
}
