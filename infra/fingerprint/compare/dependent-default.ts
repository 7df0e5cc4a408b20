import { normalise } from '../canonical/normalise';
import { rulesOf, type TypeRule } from '../defaults/defaults';
import { withDefaults } from '../defaults/with-defaults';
import type { JsonObject, JsonValue } from '../kubernetes-object';
import { fieldsOf } from '../schema/shape';
import { canonicalJson } from '../text/canonical-json';

/**
 * Whether a field differs only because its default follows another field that differs: with an
 * image changed to `latest`, `imagePullPolicy` is at its default before and after, and the image
 * alone is the finding.
 */
export function isAtDefaultOnBothSides(
  type: string,
  name: string,
  expected: JsonObject,
  found: JsonObject,
): boolean {
  const follows = rulesOf(type).some((rule) => rule.path.join() === name && isConditional(rule));
  return follows && isAtDefault(type, name, expected) && isAtDefault(type, name, found);
}

function isAtDefault(type: string, name: string, self: JsonObject): boolean {
  const shape = fieldsOf(type).get(name);
  const { [name]: value, ...others } = self;
  const filled = withDefaults(type, withoutConstantDefaults(type, others))[name];
  const isFilled = shape && filled !== undefined && filled !== null;
  const byDefault = isFilled ? normalise(shape, filled, undefined, {}) : undefined;
  return textOf(value) === textOf(byDefault);
}

/** The struct as a sparing author writes it, since some defaults look at what was left out. */
function withoutConstantDefaults(type: string, self: JsonObject): JsonObject {
  const constant = rulesOf(type).filter((rule) => rule.path.length === 1 && !isConditional(rule));
  const atDefault = new Set(
    constant.filter(({ path, value }) => self[path[0]] === value).map(({ path }) => path[0]),
  );
  return Object.fromEntries(Object.entries(self).filter(([name]) => !atDefault.has(name)));
}

function isConditional({ when, value }: TypeRule): boolean {
  return when !== undefined || typeof value === 'function';
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? '' : canonicalJson(value);
}
