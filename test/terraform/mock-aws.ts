import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A mock AWS on this machine. */
export interface MockAws {
  /** What turns every AWS client to it. The account is 123456789012. */
  readonly environment: Readonly<Record<string, string>>;
  /** Forgets everything. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const START_MS = 60_000;
const REGION = 'eu-central-1';

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilAnswers(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    if (
      await fetch(`${url}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await wait(100);
  }
  throw new Error(`the mock AWS did not answer at ${url} within ${START_MS} ms`);
}

/** Starts the mock with a Python that has moto. It ends with this process, however that ends. */
export async function startMockAws(python: string): Promise<MockAws> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(python, [path.join(__dirname, 'mock_aws.py'), new URL(url).port], {
    env: { ...process.env, MOTO_AMIS_PATH: path.join(__dirname, 'machine-images.json') },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await untilAnswers(url, server);
  return {
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      // A gap of the mock is a server error, which the provider would try 25 times.
      AWS_MAX_ATTEMPTS: '3',
    },
    async reset() {
      await fetch(`${url}/moto-api/reset`, { method: 'POST' });
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.stdin.end();
      await ended;
    },
  };
}
