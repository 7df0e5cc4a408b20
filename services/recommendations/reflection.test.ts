import { once } from 'node:events';
import { Client, credentials, status } from '@grpc/grpc-js';
import { addReflection } from './reflection';
import { startTestServer } from './test-server';

/** Asks one question of the reflection service and gives the answer's bytes, which name things in clear. */
async function reflect(port: number, question: Buffer): Promise<string> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const call = client.makeBidiStreamRequest(
    '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
    (bytes: Buffer) => bytes,
    (bytes: Buffer) => bytes,
  );
  try {
    call.write(question);
    const [answer] = await once(call, 'data');
    return String(answer);
  } finally {
    call.on('error', () => undefined).cancel();
    client.close();
  }
}

/** `list_services = 7` of ServerReflectionRequest. */
const LIST_SERVICES = Buffer.from([0x3a, 1, 0x2a]);

/** `file_containing_symbol = 4` of ServerReflectionRequest. */
const fileContaining = (symbol: string) =>
  Buffer.concat([Buffer.from([0x22, symbol.length]), Buffer.from(symbol)]);

test('a server with reflection lists its service and describes it', async () => {
  const server = await startTestServer({}, ({ grpc }) => addReflection(grpc));
  // A name as tools ask for it: its length, 15, stands before it.
  expect(await reflect(server.port, LIST_SERVICES)).toContain('\x0fRecommendations');
  const description = await reflect(server.port, fileContaining('Recommendations'));
  for (const name of ['Recommend', 'RecommendationRequest', 'BookCategory', 'MYSTERY']) {
    expect(description).toContain(name);
  }
  await server.close();
});

test('a server without reflection does not know the question', async () => {
  const server = await startTestServer();
  await expect(reflect(server.port, LIST_SERVICES)).rejects.toMatchObject({
    code: status.UNIMPLEMENTED,
  });
  await server.close();
});
