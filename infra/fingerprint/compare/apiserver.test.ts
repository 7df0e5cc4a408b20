import type { JsonObject } from '../kubernetes-object';
import { intend } from '../stamp/intend';
import { readFixture } from '../testing/read-fixture';
import { compare } from './compare';
import type { Finding } from './finding';

interface Recording {
  readonly manifest: JsonObject & { readonly metadata: { readonly name: string } };
  /** What a Kubernetes 1.36.3 API server answered to its creation. */
  readonly live: JsonObject;
  /** Updates of one field, with what the server answered, and the finding that names the field. */
  readonly edits: readonly (Pick<Finding, 'field' | 'kind'> & { readonly live: JsonObject })[];
}

const recordings = readFixture<Recording>('apiserver-1.36.jsonl.gz').map((recording) => ({
  name: recording.manifest.metadata.name,
  ...recording,
}));

test.each(recordings)('$name as an API server stored it has no finding', ({ manifest, live }) => {
  expect(compare(intend(manifest), live).findings).toEqual([]);
});

test.each(recordings)(
  'each recorded edit of $name is found as that field',
  ({ manifest, edits }) => {
    const baseline = intend(manifest);
    expect(edits.length).toBeGreaterThan(0);
    for (const { field, kind, live } of edits) {
      const found = compare(baseline, live).findings.map((finding) => [
        finding.field,
        finding.kind,
      ]);
      expect(found).toEqual([[field, kind]]);
    }
  },
);
