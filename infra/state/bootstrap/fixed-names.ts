import fs from 'node:fs';

/** Types whose id in AWS is a name of ours, and the attribute that holds it. */
const NAMED_TYPES: Readonly<Record<string, string>> = {
  aws_s3_bucket: 'bucket',
  aws_dynamodb_table: 'name',
  aws_kms_alias: 'name',
};

/** The id in AWS of every resource of a synthesized stack that can be found by a name of ours. */
export function fixedNamesOf(stackFile: string): Readonly<Record<string, string>> {
  const { resource } = JSON.parse(fs.readFileSync(stackFile, 'utf8'));
  return Object.fromEntries(
    Object.entries(NAMED_TYPES).flatMap(([type, attribute]) =>
      Object.entries<Record<string, string>>(resource[type] ?? {}).map(([name, attributes]) => [
        `${type}.${name}`,
        attributes[attribute] ?? '',
      ]),
    ),
  );
}
