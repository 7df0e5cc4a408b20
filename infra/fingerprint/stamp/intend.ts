import type { Baseline } from '../baseline/baseline';
import { intendedMetadata } from '../baseline/intended-metadata';
import { normaliseStruct } from '../canonical/normalise';
import { contentOf } from '../compare/compare';
import { parseIgnorePath } from '../compare/ignore-path';
import { isJsonObject, type JsonObject } from '../kubernetes-object';
import { type Problem, Refusal } from '../refusal';
import { requireType } from '../schema/supported-kinds';
import { v1Problems } from '../v1/v1-problems';

/**
 * The statement that an intended object makes: normalised as the API server would store it.
 *
 * @param object in the API's form, as one would give it to `kubectl apply`.
 * @param ignore paths that another controller owns.
 * @throws Refusal with every problem at once: `unsupported-kind`; `unknown-field`, `gated-field`, `wrong-type`,
 *   `ill-formed-text`, `unresolved-token` for what cannot be sent as it stands; `odd-quantity`,
 *   `invalid-quantity`; `ambiguous-order`, `unpinned-node-port` for what cannot be hashed;
 *   `invalid-ignore`.
 */
export function intend(object: JsonObject, ignore: readonly string[] = []): Baseline {
  const { apiVersion, kind } = object;
  const type = requireType(apiVersion, kind);
  const problems: Problem[] = [];
  const content = normaliseStruct(type, contentOf(object), undefined, { problems });
  const metadata = intendedMetadata(object, problems);
  for (const path of ignore) parseIgnorePath(path);
  if (isJsonObject(content)) problems.push(...v1Problems({ ...content, kind }));
  const [first, ...rest] = problems;
  if (first) throw new Refusal([first, ...rest]);
  return {
    apiVersion: String(apiVersion),
    kind: String(kind),
    ignore: [...ignore].sort(),
    metadata,
    content: isJsonObject(content) ? content : {},
  };
}
