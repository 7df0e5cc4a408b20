import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The values of a compressed fixture of JSON lines. */
export function readFixture<T>(name: string): readonly T[] {
  const lines = gunzipSync(readFileSync(join(__dirname, '..', 'fixtures', name))).toString('utf8');
  return lines
    .trim()
    .split('\n')
    .map((line): T => JSON.parse(line));
}
