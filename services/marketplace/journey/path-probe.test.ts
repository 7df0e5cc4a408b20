import { createServer } from 'node:http';
import { closeServer, listen } from '@driftless/runtime';
import { probePath } from './path-probe';

describe('probePath', () => {
  it('measures name and connection', async () => {
    const server = createServer();
    const port = await listen(server, '127.0.0.1', 0, 'PORT');
    const { dnsMs, connectMs, address } = await probePath('localhost', port);
    await closeServer(server);
    expect(address).toBe('127.0.0.1');
    expect(dnsMs).toBeGreaterThan(0);
    expect(connectMs).toBeGreaterThan(0);
  });

  it('says that the name was found when nobody takes a connection', async () => {
    const server = createServer();
    const port = await listen(server, '127.0.0.1', 0, 'PORT');
    await closeServer(server);
    const times = await probePath('127.0.0.1', port);
    expect(times).toEqual({ dnsMs: expect.any(Number), address: '127.0.0.1' });
  });

  it('knows nothing of a name that does not exist', async () => {
    expect(await probePath('no-such-host.invalid', 1)).toEqual({});
  });
});
