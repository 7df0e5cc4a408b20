import { normalise } from '../canonical/normalise';
import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import { field } from '../path/field-path';
import type { Problem } from '../refusal';
import type { MapShape } from '../schema/shape';
import { isContractKey } from '../stamp/keys';

const TEXT_MAP: MapShape = {
  kind: 'map',
  value: { kind: 'scalar', scalar: 'string', isPointer: false },
};
// Written by kubectl, by controllers and by the server's conversion, whoever made the object.
const BOOKKEEPING =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration$|deployment\.kubernetes\.io\/|deprecated\.(?:daemonset\.template\.generation|deployment\.rollback\.to)$)/;

/**
 * The labels and annotations that the author stated. They must be there with these values; others
 * may come and go, since half the cluster writes metadata.
 */
export function intendedMetadata(object: JsonObject, problems: Problem[]): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return {};
  const labels = statedKeys(metadata, 'labels', problems);
  const annotations = statedKeys(metadata, 'annotations', problems);
  return { ...(labels && { labels }), ...(annotations && { annotations }) };
}

function statedKeys(
  metadata: JsonObject,
  name: string,
  problems: Problem[],
): JsonValue | undefined {
  const given = metadata[name];
  if (given === undefined || given === null) return undefined;
  const map = normalise(TEXT_MAP, given, field(field(undefined, 'metadata'), name), { problems });
  if (!isJsonObject(map)) return undefined;
  const stated = Object.entries(map).filter(
    ([key]) => !isContractKey(key) && !BOOKKEEPING.test(key),
  );
  return stated.length === 0 ? undefined : Object.fromEntries(stated);
}
