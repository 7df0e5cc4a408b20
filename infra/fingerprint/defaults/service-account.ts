import { isJsonObject, type JsonObject, type JsonValue } from '../kubernetes-object';
import type { Adjustment } from './default-rule';

/** ServiceAccounts: of a reference to a Secret the server keeps the name alone. */
export const serviceAccountAdjustments: readonly Adjustment[] = [
  {
    type: 'core.ServiceAccount',
    adjust: nameSecretsOnly,
    source: 'pkg/registry/core/serviceaccount/strategy.go cleanSecretReferences',
  },
];

function nameSecretsOnly(account: JsonObject): JsonObject {
  if (!Array.isArray(account.secrets)) return account;
  const secrets: readonly JsonValue[] = account.secrets;
  return { ...account, secrets: secrets.map(nameOnly) };
}

function nameOnly(reference: JsonValue): JsonValue {
  if (!isJsonObject(reference)) return reference;
  return reference.name === undefined ? {} : { name: reference.name };
}
