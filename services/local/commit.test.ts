import { tmpdir } from 'node:os';
import { commitOf } from './commit';

test('a folder that is not a checkout has no known commit', () => {
  expect(commitOf(tmpdir())).toBe('unknown');
});
