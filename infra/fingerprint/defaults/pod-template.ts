import { isJsonObject, type JsonObject } from '../kubernetes-object';
import type { Adjustment, DefaultRule } from './default-rule';

const SOURCE = 'pkg/apis/core/v1/defaults.go SetDefaults_PodSpec';
const CONVERSION = 'pkg/apis/core/v1/conversion.go';
const FORMER_INIT_CONTAINERS =
  /^pod\.(?:alpha|beta)\.kubernetes\.io\/init-container(?:s|-statuses)$/;

/** What a pod template gets; a Pod itself gets more, which never shows in a template. */
export const podTemplateDefaults: readonly DefaultRule[] = [
  { field: 'core.PodSpec.dnsPolicy', value: 'ClusterFirst', source: SOURCE },
  { field: 'core.PodSpec.restartPolicy', value: 'Always', source: SOURCE },
  { field: 'core.PodSpec.securityContext', value: {}, source: SOURCE },
  { field: 'core.PodSpec.terminationGracePeriodSeconds', value: 30, source: SOURCE },
  { field: 'core.PodSpec.schedulerName', value: 'default-scheduler', source: SOURCE },
];

/** What the server's conversion does to a pod template. */
export const podTemplateAdjustments: readonly Adjustment[] = [
  {
    type: 'core.PodSpec',
    adjust: foldServiceAccount,
    source: `${CONVERSION} Convert_core_PodSpec_To_v1_PodSpec`,
  },
  {
    type: 'core.PodTemplateSpec',
    adjust: dropInitContainerAnnotations,
    source: `${CONVERSION} dropInitContainerAnnotations`,
  },
];

/** `serviceAccount` is a deprecated alias that the server keeps equal to `serviceAccountName`. */
function foldServiceAccount({ serviceAccount, ...spec }: JsonObject): JsonObject {
  return serviceAccount === undefined || spec.serviceAccountName !== undefined
    ? spec
    : { ...spec, serviceAccountName: serviceAccount };
}

function dropInitContainerAnnotations(template: JsonObject): JsonObject {
  const { metadata } = template;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations)) return template;
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations).filter(([key]) => !FORMER_INIT_CONTAINERS.test(key)),
  );
  return { ...template, metadata: { ...metadata, annotations } };
}
