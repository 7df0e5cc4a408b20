import { isJsonObject, type JsonObject } from '../kubernetes-object';
import type { Adjustment, DefaultRule } from './default-rule';

/** Secrets. */
export const secretDefaults: readonly DefaultRule[] = [
  {
    field: 'core.Secret.type',
    value: 'Opaque',
    source: 'pkg/apis/core/v1/defaults.go SetDefaults_Secret',
  },
];

/** `stringData` is write-only: the server encodes it into `data`, over what stands there. */
export const secretAdjustments: readonly Adjustment[] = [
  {
    type: 'core.Secret',
    adjust: mergeStringData,
    source: 'pkg/apis/core/v1/conversion.go Convert_v1_Secret_To_core_Secret',
  },
];

function mergeStringData({ stringData, ...secret }: JsonObject): JsonObject {
  if (!isJsonObject(stringData)) return secret;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    typeof value === 'string' ? Buffer.from(value, 'utf8').toString('base64') : value,
  ]);
  return {
    ...secret,
    data: { ...(isJsonObject(secret.data) ? secret.data : {}), ...Object.fromEntries(encoded) },
  };
}
