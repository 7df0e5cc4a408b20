import { createServer, type RequestListener } from 'node:http';
import { closeServer, listen } from '@driftless/runtime';
import { fetchDriftStatus } from './drift-status';

async function statusFrom(listener: RequestListener) {
  const server = createServer(listener);
  const port = await listen(server, '127.0.0.1', 0, 'PORT');
  try {
    return await fetchDriftStatus(`http://127.0.0.1:${port}/status`);
  } finally {
    server.closeAllConnections();
    await closeServer(server);
  }
}

const answering = (body: unknown, status = 200): RequestListener => {
  return (_request, response) => {
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
};

const object = (verdict: string, findings: unknown[] = []) => ({
  kind: 'Deployment',
  namespace: 'marketplace',
  name: 'marketplace',
  verdict,
  findings,
});

describe('fetchDriftStatus', () => {
  it('counts objects in agreement', async () => {
    const status = await statusFrom(
      answering({ objects: [object('agreement'), object('agreement')] }),
    );
    expect(status).toEqual({ state: 'agreement', objects: 2 });
  });

  it('names what differs and who changed it', async () => {
    const finding = { field: 'spec.replicas', expected: 2, found: 3, actor: 'kubectl-edit' };
    const status = await statusFrom(
      answering({ objects: [object('agreement'), object('drift', [finding])] }),
    );
    expect(status).toEqual({
      state: 'drift',
      objects: 2,
      findings: [
        { object: 'Deployment/marketplace', field: 'spec.replicas', actor: 'kubectl-edit' },
      ],
    });
  });

  it.each([
    ['an error', answering('no', 500)],
    ['no JSON', answering('<html>')],
    ['another shape', answering({ objects: [{ verdict: 'fine' }] })],
    ['silence', () => undefined],
    ['a reset', (request) => request.socket.destroy()],
  ] satisfies [string, RequestListener][])('calls %s unknown', async (_name, listener) => {
    expect(await statusFrom(listener)).toEqual({ state: 'unknown' });
  });
});
