import { isJsonObject, type JsonObject } from '../kubernetes-object';
import { defaultValue, rulesOf, type TypeRule } from './defaults';

/** A struct of a type with its defaults filled in; its children's are not. */
export function withDefaults(type: string, self: JsonObject): JsonObject {
  return rulesOf(type).reduce((filled, rule) => filledIn(filled, rule.path, rule), self);
}

/** Fills one place, if it is empty and its parent is there. */
function filledIn(
  self: JsonObject,
  path: readonly [string, ...string[]],
  rule: TypeRule,
): JsonObject {
  const [name, head, ...tail] = path;
  const current = self[name];
  if (head !== undefined) {
    const inner = isJsonObject(current) ? filledIn(current, [head, ...tail], rule) : current;
    return inner === current ? self : { ...self, [name]: inner };
  }
  if (current !== undefined && current !== null) return self;
  const value = defaultValue(rule, self);
  return value === undefined ? self : { ...self, [name]: value };
}
