import { compareUtf8 } from '../text/compare-utf8';
import { goString } from '../text/go-string';
import {
  type Maybe,
  nonZeroField,
  object,
  sorted,
  type TextMap,
  textField,
  trimmedMapField,
} from './write-fields';

interface Service {
  readonly spec?: Maybe<{
    readonly type?: unknown;
    readonly selector?: TextMap;
    readonly ports?: Maybe<readonly ServicePort[]>;
  }>;
}

interface ServicePort {
  readonly name?: Maybe<string>;
  readonly protocol?: unknown;
  readonly port?: Maybe<number>;
  readonly targetPort?: Maybe<number | string>;
  readonly nodePort?: unknown;
}

/**
 * The v1 preimage of a Service, in the struct order of the public operator.
 * `targetPort` is always written as a string, as Go's `IntOrString.String()` gives it.
 */
export function servicePreimage(service: Service): string {
  const { type, selector, ports } = service.spec ?? {};
  const written = sorted(ports ?? [], byPortThenName)
    .map(writePort)
    .join();
  return object(
    `${textField('type', type)}${trimmedMapField('selector', selector)}"ports":[${written}],`,
  );
}

function writePort({ name, protocol, port, targetPort, nodePort }: ServicePort): string {
  return object(
    textField('name', name) +
      textField('protocol', protocol) +
      nonZeroField('port', port) +
      `"targetPort":${goString(String(targetPort ?? 0), 'targetPort')},` +
      nonZeroField('nodePort', nodePort),
  );
}

function byPortThenName(a: ServicePort, b: ServicePort): number {
  return (a.port ?? 0) - (b.port ?? 0) || compareUtf8(a.name ?? '', b.name ?? '');
}
