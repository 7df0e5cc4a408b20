import type { JsonValue } from '../kubernetes-object';
import type { Shape } from '../schema/shape';

/**
 * Whether the server keeps nothing of a value: an empty list or map, a zero value or an empty
 * struct that does not stand behind a pointer, and what only controllers write.
 */
export function isZero(shape: Shape, value: JsonValue): boolean {
  switch (shape.kind) {
    case 'scalar':
      if (shape.scalar === 'bookkeeping') return true;
      if (shape.isPointer) return false;
      // A quantity is always printed, so an absent one reads "0".
      if (shape.scalar === 'quantity') return value === '0' || value === 0;
      return value === '' || value === 0 || value === false;
    case 'struct':
      return !shape.isPointer && isEmpty(value);
    case 'list':
    case 'map':
      return isEmpty(value);
  }
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
