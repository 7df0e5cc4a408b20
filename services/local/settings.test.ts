import { ConfigError } from '@driftless/runtime';
import fc from 'fast-check';
import { localServices, neededPorts } from './services';
import { loadSettings } from './settings';

const anyPort = fc.integer({ min: 1, max: 65_535 });
const anySettings = fc.record({
  PORT: anyPort,
  RECOMMENDATIONS_PORT: anyPort,
  OPS_PORT: fc.integer({ min: 1, max: 65_534 }),
});

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('the ports are those of the README when nothing else is asked for', () => {
  expect(loadSettings({})).toEqual({ PORT: 31184, RECOMMENDATIONS_PORT: 50051, OPS_PORT: 9464 });
});

test('any three ports can be chosen', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const environment = Object.entries(settings).map(([name, port]) => [name, String(port)]);
      expect(loadSettings(Object.fromEntries(environment))).toEqual(settings);
    }),
  );
});

test('each bad port is told once, and all of them together', () => {
  expect(problemsOf({ PORT: '0', RECOMMENDATIONS_PORT: '65536', OPS_PORT: '65535' })).toEqual([
    'PORT must be a whole number from 1 to 65535, got "0"',
    'RECOMMENDATIONS_PORT must be a whole number from 1 to 65535, got "65536"',
    // The recommender's is the next one.
    'OPS_PORT must be a whole number from 1 to 65534, got "65535"',
  ]);
  expect(problemsOf({ OPS_PORT: '70000' })).toHaveLength(1);
});

test('the ports that must be free are exactly those that the services listen on', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const listening = localServices(settings).flatMap(({ environment }) => [
        Number(environment.PORT),
        Number(environment.OPS_PORT),
      ]);
      expect(
        neededPorts(settings)
          .map(({ port }) => port)
          .sort(),
      ).toEqual(listening.sort());
    }),
  );
});

test('the marketplace is told where the recommender listens', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const services = localServices(settings);
      const recommender = services.find(({ name }) => name === 'recommendations');
      const marketplace = services.find(({ name }) => name === 'marketplace');
      expect(marketplace?.environment.RECOMMENDATIONS_PORT).toBe(recommender?.environment.PORT);
      expect(marketplace?.environment.PORT).toBe(String(settings.PORT));
      for (const { opsPort, environment } of services) {
        expect(environment).toMatchObject({
          HOST: '127.0.0.1',
          DRAIN_MS: '0',
          OPS_PORT: String(opsPort),
        });
      }
    }),
  );
});
