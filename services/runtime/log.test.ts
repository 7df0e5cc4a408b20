import { createLogger } from './log';

/** The entries that `write` makes a logger of this level log. */
function logged(
  level: string,
  write: (log: ReturnType<typeof createLogger>) => void,
): Record<string, unknown>[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(createLogger({ service: 'books', pod: 'pod-1' }, level, destination));
  return lines.map((line) => {
    expect(line.indexOf('\n')).toBe(line.length - 1);
    return JSON.parse(line);
  });
}

test('a log line is one JSON object with time, level as a word, service and pod', () => {
  const before = Date.now();
  const [entry] = logged('info', (log) => log.warn({ requestId: 'r1' }, 'slow\nanswer'));
  expect(entry).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    level: 'warn',
    service: 'books',
    pod: 'pod-1',
    requestId: 'r1',
    msg: 'slow\nanswer',
  });
  expect(Date.parse(String(entry?.time))).toBeGreaterThanOrEqual(before);
});

test('an error is logged with its message and where it came from', () => {
  const [entry] = logged('info', (log) => log.error({ err: new TypeError('no shelf') }, 'failed'));
  expect(entry).toMatchObject({
    level: 'error',
    err: { type: 'TypeError', message: 'no shelf', stack: expect.stringContaining('log.test') },
  });
});

test('lines below the level are not written', () => {
  const entries = logged('warn', (log) => {
    log.info('request');
    log.warn('slow');
    log.fatal('over');
  });
  expect(entries.map(({ level }) => level)).toEqual(['warn', 'fatal']);
});
