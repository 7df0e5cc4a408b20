import { propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { type Carrier, endSpan, startClientSpan, traceIdOf, withServerSpan } from './tracing';

// No SDK is started here: this is a service without a collector. What a collector gets is tested
// where a whole process runs.
beforeAll(() => void propagation.setGlobalPropagator(new W3CTraceContextPropagator()));

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

function carrierOf(headers: Record<string, string>): Carrier & { headers: Record<string, string> } {
  return {
    headers,
    get: (key) => headers[key],
    set: (key, value) => {
      headers[key] = value;
    },
  };
}

test('work is run once, and its result is the result', () => {
  let runs = 0;
  const result = withServerSpan('GET /', carrierOf({}), (span) => {
    runs += 1;
    endSpan(span);
    return 'page';
  });
  expect({ result, runs }).toEqual({ result: 'page', runs: 1 });
});

test("the caller's trace id is known for the log, with or without a collector", () => {
  const caller = carrierOf({ traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` });
  expect(withServerSpan('GET /', caller, traceIdOf)).toBe(TRACE_ID);
});

test.each([
  ['nothing', {}],
  ['not a traceparent', { traceparent: '00-xyz' }],
  ['an id of zeros only', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }],
])('there is no trace id when the caller sent %s', (_, headers) => {
  expect(withServerSpan('GET /', carrierOf({ ...headers }), traceIdOf)).toBeUndefined();
});

test('without a trace nothing is added to a call', () => {
  const { headers, ...carrier } = carrierOf({});
  endSpan(startClientSpan('Books/Lend', carrier), 'UNAVAILABLE');
  expect(headers).toEqual({});
});
