import { compareUtf8 } from '../text/compare-utf8';
import { goString } from '../text/go-string';
import {
  intOrStringField,
  type Maybe,
  nonZeroField,
  numberField,
  object,
  quantitiesField,
  sorted,
  type TextMap,
  textField,
  trimmedMapField,
} from './write-fields';

interface Deployment {
  readonly spec?: Maybe<{
    readonly replicas?: unknown;
    readonly strategy?: Maybe<Strategy>;
    readonly template?: Maybe<{
      readonly metadata?: Maybe<{ readonly labels?: TextMap; readonly annotations?: TextMap }>;
      readonly spec?: Maybe<{ readonly containers?: Maybe<readonly Container[]> }>;
    }>;
  }>;
}

interface Strategy {
  readonly type?: unknown;
  readonly rollingUpdate?: Maybe<{
    readonly maxUnavailable?: unknown;
    readonly maxSurge?: unknown;
  }>;
}

interface Container {
  readonly name?: Maybe<string>;
  readonly image?: unknown;
  readonly env?: Maybe<readonly { readonly name?: Maybe<string>; readonly value?: unknown }[]>;
  readonly ports?: Maybe<readonly ContainerPort[]>;
  readonly resources?: Maybe<{ readonly limits?: TextMap; readonly requests?: TextMap }>;
}

interface ContainerPort {
  readonly name?: Maybe<string>;
  readonly containerPort?: Maybe<number>;
  readonly protocol?: unknown;
}

/**
 * The v1 preimage of a Deployment: what the public operator's structs serialise to, in struct order.
 * Values are taken verbatim; nothing is defaulted here.
 */
export function deploymentPreimage(deployment: Deployment): string {
  const spec = deployment.spec ?? {};
  const template = spec.template ?? {};
  const containers = sorted(template.spec?.containers ?? [], byName);
  return object(
    `${numberField('replicas', spec.replicas)}"strategy":${writeStrategy(spec.strategy ?? {})},"template":${object(
      `${trimmedMapField('labels', template.metadata?.labels)}${trimmedMapField('annotations', template.metadata?.annotations)}"containers":[${containers.map(writeContainer).join()}],`,
    )},`,
  );
}

function writeStrategy({ type, rollingUpdate }: Strategy): string {
  const limits = rollingUpdate
    ? `"rollingUpdate":${object(intOrStringField('maxUnavailable', rollingUpdate.maxUnavailable) + intOrStringField('maxSurge', rollingUpdate.maxSurge))},`
    : '';
  return object(textField('type', type) + limits);
}

function writeContainer(container: Container): string {
  const { limits, requests } = container.resources ?? {};
  let env = '';
  for (const variable of sorted(container.env ?? [], byName)) {
    env += `${object(textField('name', variable.name) + textField('value', variable.value))},`;
  }
  let ports = '';
  for (const port of sorted(container.ports ?? [], byNumberThenName)) {
    ports += `${object(textField('name', port.name) + nonZeroField('containerPort', port.containerPort) + textField('protocol', port.protocol))},`;
  }
  return object(
    `"name":${goString(container.name ?? '', 'name')},"image":${goString(container.image ?? '', 'image')},` +
      listField('env', env) +
      listField('ports', ports) +
      `"resources":${object(quantitiesField('limits', limits) + quantitiesField('requests', requests))},`,
  );
}

function listField(key: string, elements: string): string {
  return elements === '' ? '' : `"${key}":[${elements.slice(0, -1)}],`;
}

function byName(
  a: { readonly name?: Maybe<string> },
  b: { readonly name?: Maybe<string> },
): number {
  return compareUtf8(a.name ?? '', b.name ?? '');
}

function byNumberThenName(a: ContainerPort, b: ContainerPort): number {
  return (a.containerPort ?? 0) - (b.containerPort ?? 0) || byName(a, b);
}
