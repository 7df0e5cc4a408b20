import { z } from 'zod';
import { loadConfig, serviceSettings } from './config';
import { identityOf } from './identity';

const schema = z.object(serviceSettings);

test('the identity is what the configuration says', () => {
  const config = loadConfig(schema, {
    VERSION: '1.2.3',
    COMMIT: 'abc1234',
    POD_NAME: 'books-7d4-x2x',
    NODE_NAME: 'ip-10-0-1-7',
    ZONE: 'ap-northeast-1a',
  });
  expect(identityOf('books', config, 'host')).toEqual({
    service: 'books',
    version: '1.2.3',
    commit: 'abc1234',
    pod: 'books-7d4-x2x',
    node: 'ip-10-0-1-7',
    zone: 'ap-northeast-1a',
  });
});

test('outside a cluster the host stands for the pod, and the rest is empty', () => {
  const identity = identityOf('books', loadConfig(schema, {}), 'laptop');
  expect(identity).toMatchObject({ pod: 'laptop', node: '', zone: '', commit: 'unknown' });
  expect(Object.isFrozen(identity)).toBe(true);
});
