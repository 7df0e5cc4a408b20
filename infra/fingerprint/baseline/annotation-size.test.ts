import { annotationsSizeBytes, requireAnnotationsFit } from './annotation-size';

test('counts the bytes of keys and values', () => {
  expect(annotationsSizeBytes({ ké: 'é', b: '' })).toBe(6);
});

test('takes what the API takes, and not a byte more', () => {
  expect(() => requireAnnotationsFit({ k: 'x'.repeat(262_143) })).not.toThrow();
  expect(() => requireAnnotationsFit({ k: 'x'.repeat(262_143), l: '' })).toThrow(
    'metadata.annotations: must be at most 262144 bytes together, got 262145, most of it in k; split the object into smaller ones',
  );
});
