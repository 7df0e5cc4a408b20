/** Valid as a plain word in YAML, TOML, INI and shell alike, so that templates can be linted as they are. */
const PLACEHOLDER = /__([a-z][A-Za-z]*)__/g;

/** Values by the name of their placeholder. */
export type TemplateValues = Readonly<Record<string, string>>;

/**
 * Fills every `__name__` of a template. The only place where text for a node is put together.
 *
 * @throws {RangeError} naming every placeholder that has no value, and every value of several lines:
 * it could say more than its place allows
 */
export function fillTemplate(file: string, template: string, values: TemplateValues): string {
  const names = [...template.matchAll(PLACEHOLDER)].map((match) => match[1] as string);
  const missing = names.filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) {
    throw new RangeError(
      `${file} needs a value for ${[...new Set(missing)].join(', ')}: add it to nodeValues or mend the placeholder`,
    );
  }
  const broken = names.filter((name) => /[\r\n]/.test(values[name] as string));
  if (broken.length > 0) {
    throw new RangeError(`${file} cannot take a value of several lines for ${broken.join(', ')}`);
  }
  return template.replace(PLACEHOLDER, (_, name: string) => values[name] as string);
}
