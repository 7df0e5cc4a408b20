import { defaultPullPolicy } from './image-pull-policy';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', 'Always'],
  ['nginx:latest', 'Always'],
  ['library/nginx', 'Always'],
  ['docker.io/nginx', 'Always'],
  ['r.io/team/app', 'Always'],
  ['localhost:5000/app', 'Always'],
  [`nginx:latest@${DIGEST}`, 'Always'],
  ['nginx:1.25', 'IfNotPresent'],
  ['localhost:5000/app:v1', 'IfNotPresent'],
  [`nginx@${DIGEST}`, 'IfNotPresent'],
  // No valid reference: upstream reads no tag out of it.
  ['', 'IfNotPresent'],
  ['Nginx', 'IfNotPresent'],
  ['nginx:', 'IfNotPresent'],
  ['r.io/App:latest', 'IfNotPresent'],
  ['nginx@sha256:abc', 'IfNotPresent'],
  [`nginx@sha256:${'a'.repeat(63)}`, 'IfNotPresent'],
  ['a'.repeat(64), 'IfNotPresent'],
  [`r.io/${'a'.repeat(256)}`, 'IfNotPresent'],
  [undefined, 'IfNotPresent'],
])('pulls %s %s', (image, policy) => {
  expect(defaultPullPolicy(image)).toBe(policy);
});
