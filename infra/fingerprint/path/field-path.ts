import type { JsonValue } from '../kubernetes-object';

/** One step down an object: into a field or map entry, or to an element of a list. */
export type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  /** An element of a list that pairs by key, such as a container by its name. */
  | {
      readonly kind: 'element';
      readonly keys: readonly (readonly [string, JsonValue])[];
      /** Tells apart elements with equal keys; 0 is the first. */
      readonly occurrence: number;
    }
  /** A value in a list without order, such as a capability. */
  | { readonly kind: 'member'; readonly value: JsonValue };

/** A place in an object: a linked list from the place up to the root, cheap to extend. */
export interface FieldPath {
  readonly parent: FieldPath | undefined;
  readonly step: Step;
}

const PLAIN_NAME = /^[A-Za-z_][\w-]*$/;
const PLAIN_SELECTOR_VALUE = /^[\w./:-]+$/;

/** The place of a field or map entry below another place. */
export function field(parent: FieldPath | undefined, name: string): FieldPath {
  return { parent, step: { kind: 'field', name } };
}

/** The place of a list's element by its index. */
export function indexed(parent: FieldPath | undefined, index: number): FieldPath {
  return { parent, step: { kind: 'index', index } };
}

/**
 * A place as text: `spec.template.spec.containers[name=web].image`,
 * `metadata.annotations["example.com/team"]`, `spec.rules[0].verbs["get"]`.
 * An ignore path is written the same way, so a finding's field can be pasted into one.
 */
export function renderPath(path: FieldPath | undefined): string {
  let text = '';
  for (let at = path; at; at = at.parent) text = renderStep(at.step) + text;
  return text.startsWith('.') ? text.slice(1) : text;
}

function renderStep(step: Step): string {
  switch (step.kind) {
    case 'field':
      return PLAIN_NAME.test(step.name) ? `.${step.name}` : `[${JSON.stringify(step.name)}]`;
    case 'index':
      return `[${step.index}]`;
    case 'member':
      return `[${JSON.stringify(step.value)}]`;
    case 'element': {
      const keys = step.keys.map(([key, value]) => `${key}=${renderSelectorValue(value)}`).join();
      return step.occurrence === 0 ? `[${keys}]` : `[${keys}][${step.occurrence}]`;
    }
  }
}

function renderSelectorValue(value: JsonValue): string {
  const text = String(value);
  return PLAIN_SELECTOR_VALUE.test(text) ? text : JSON.stringify(text);
}
