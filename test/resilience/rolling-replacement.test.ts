import { Agent, get } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fromSource, type ServiceProcess, startProcess } from '../service-process';
import { startRecommendations } from '../site';

const REQUESTS = 25_000;
const CLIENTS = 24;
const REPLICAS = 2;
const DRAIN_MS = 1_500;

/** How long a node goes on sending new connections to a pod that was told to stop. */
const ENDPOINT_LAG_MS = 500;

/** What kube-proxy is to a NodePort: each new connection goes to one of the endpoints. */
function createBalancer(endpoints: ServiceProcess[]): Server {
  let next = 0;
  return createServer((client) => {
    next += 1;
    const pod = connect(endpoints[next % endpoints.length]?.port ?? 0, '127.0.0.1');
    for (const socket of [client, pod]) socket.on('error', () => undefined);
    client.on('close', () => pod.destroy());
    pod.on('close', () => client.destroy());
    client.pipe(pod).pipe(client);
  });
}

const newPod = (recommendationsPort: number) =>
  startProcess(fromSource('marketplace'), {
    DRAIN_MS: String(DRAIN_MS),
    LOG_LEVEL: 'info',
    RATE_LIMIT_PER_MINUTE: '10000000',
    RECOMMENDATIONS_HOST: '127.0.0.1',
    RECOMMENDATIONS_PORT: String(recommendationsPort),
  });

/** Requests pages over kept connections until `isDone`. @returns how many, and every failure */
async function load(port: number, isDone: (requests: number) => boolean) {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const failures: string[] = [];
  let requests = 0;
  const request = () =>
    new Promise<void>((resolve) => {
      const failed = (what: string) => {
        failures.push(what);
        resolve();
      };
      get({ port, host: '127.0.0.1', path: '/about', agent }, (response) => {
        response.resume();
        response.once('error', (error) => failed(error.message));
        response.once('end', () =>
          response.statusCode === 200 ? resolve() : failed(String(response.statusCode)),
        );
      }).once('error', (error) => failed(error.message));
    });
  const client = async () => {
    while (!isDone(requests)) {
      requests += 1;
      await request();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return { requests, failures };
}

describe('replacing every marketplace process under load', () => {
  it('loses no request', async () => {
    const recommendations = await startRecommendations();
    const endpoints = await Promise.all(
      Array.from({ length: REPLICAS }, () => newPod(recommendations.port)),
    );
    const balancer = createBalancer(endpoints);
    await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve));

    let isRolledOut = false;
    const exitCodes: (number | null)[] = [];
    const rollOut = async () => {
      for (let replica = 0; replica < REPLICAS; replica += 1) {
        endpoints.push(await newPod(recommendations.port));
        const old = endpoints[0];
        const stopped = old?.stop();
        await delay(ENDPOINT_LAG_MS);
        endpoints.shift();
        exitCodes.push((await stopped) ?? null);
      }
      isRolledOut = true;
    };
    const [{ requests, failures }] = await Promise.all([
      load((balancer.address() as AddressInfo).port, (count) => isRolledOut && count >= REQUESTS),
      rollOut(),
    ]);

    expect(failures).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(REQUESTS);
    expect(exitCodes).toEqual([0, 0]);
    balancer.close();
    await Promise.all(endpoints.map((endpoint) => endpoint.stop()));
    await recommendations.close();
  }, 120_000);
});
