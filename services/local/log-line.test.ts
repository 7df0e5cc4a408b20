import fc from 'fast-check';
import { renderLogLine } from './log-line';

const line = (level: string, more = {}) =>
  JSON.stringify({
    level,
    time: '2026-01-01T00:00:00.000Z',
    service: 'marketplace',
    pod: 'laptop',
    ...more,
    msg: 'slow answer',
  });

test('a warning is shown as a person reads it, with its details', () => {
  expect(renderLogLine('marketplace', line('warn', { route: '/', status: 200 }), false)).toBe(
    '  marketplace warn: slow answer {"route":"/","status":200}',
  );
});

test.each(['warn', 'error', 'fatal'])('a line of level %s is shown', (level) => {
  expect(renderLogLine('books', line(level), false)).toBe(`  books ${level}: slow answer`);
});

test.each(['info', 'debug', 'trace'])('a line of level %s is shown on request only', (level) => {
  expect(renderLogLine('books', line(level), false)).toBeUndefined();
  expect(renderLogLine('books', line(level), true)).toBe(`  books ${level}: slow answer`);
});

test('a line without a message shows its details', () => {
  expect(renderLogLine('books', '{"level":"error","code":1}', false)).toBe(
    '  books error:  {"code":1}',
  );
});

test('whatever is not a log line is shown as it is', () => {
  const anyLine = fc.oneof(fc.string(), fc.json(), fc.constant('null'), fc.constant('{"pid":1}'));
  fc.assert(
    fc.property(anyLine, fc.boolean(), (text, verbose) => {
      expect(renderLogLine('books', text, verbose)).toBe(`  books: ${text}`);
    }),
  );
});
