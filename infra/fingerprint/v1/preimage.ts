import type { JsonObject } from '../kubernetes-object';
import { deploymentPreimage } from './deployment-preimage';
import { servicePreimage } from './service-preimage';

/**
 * The v1 preimage of an object, byte for byte as the public Go operator writes it before it
 * hashes, or `undefined` for a kind that v1 does not know. Values are taken verbatim, so give it a
 * live object, or an intended one after `intend`.
 *
 * @throws Refusal `wrong-type` or `ill-formed-text` where the object has something Go cannot hold.
 */
export function v1Preimage(object: JsonObject): string | undefined {
  if (object.kind === 'Deployment' && object.apiVersion === 'apps/v1')
    return deploymentPreimage(object);
  if (object.kind === 'Service' && object.apiVersion === 'v1') return servicePreimage(object);
  return undefined;
}
