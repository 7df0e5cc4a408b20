import { refuse } from '../refusal';

/**
 * What all annotations of an object may weigh together, keys and values, in bytes.
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/api/validation/objectmeta.go TotalAnnotationSizeLimitB
 */
export const ANNOTATIONS_LIMIT_BYTES = 262_144;

/** The weight of annotations as the API server counts it: the UTF-8 bytes of keys and values. */
export function annotationsSizeBytes(annotations: Readonly<Record<string, string>>): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}

/**
 * Makes sure that the API server will take an object's annotations.
 * @throws Refusal `oversized-annotations` with the size.
 */
export function requireAnnotationsFit(annotations: Readonly<Record<string, string>>): void {
  const size = annotationsSizeBytes(annotations);
  if (size <= ANNOTATIONS_LIMIT_BYTES) return;
  const [largest] = Object.entries(annotations).sort(
    ([, a], [, b]) => Buffer.byteLength(b) - Buffer.byteLength(a),
  );
  refuse(
    'oversized-annotations',
    'metadata.annotations',
    `must be at most ${ANNOTATIONS_LIMIT_BYTES} bytes together, got ${size}, most of it in ${largest?.[0]}; split the object into smaller ones`,
  );
}
