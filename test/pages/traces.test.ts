import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listen } from '@driftless/runtime';
import { fromSource, startProcess } from '../service-process';

interface Span {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
}

interface OtlpRequest {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: { key: string; value: { stringValue: string } }[] };
    readonly scopeSpans: { readonly spans: Omit<Span, 'service'>[] }[];
  }[];
}

/** A collector that keeps what it is sent (OTLP over HTTP, as JSON). */
function createCollector(spans: Span[]): Server {
  return createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request)) as OtlpRequest;
    for (const { resource, scopeSpans } of resourceSpans) {
      const name = resource.attributes.find(({ key }) => key === 'service.name');
      for (const scope of scopeSpans) {
        spans.push(
          ...scope.spans.map((span) => ({ ...span, service: name?.value.stringValue ?? '' })),
        );
      }
    }
    response.end('{}');
  });
}

describe('a trace', () => {
  it('goes on from who asked through the page to the recommender, and is whole when the services stop', async () => {
    const spans: Span[] = [];
    const collector = createCollector(spans);
    const port = await listen(collector, '127.0.0.1', 0, 'PORT');
    const environment = { DRAIN_MS: '0', OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
    const recommendations = await startProcess(fromSource('recommendations'), environment);
    const marketplace = await startProcess(fromSource('marketplace'), {
      ...environment,
      RECOMMENDATIONS_HOST: '127.0.0.1',
      RECOMMENDATIONS_PORT: String(recommendations.port),
    });

    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await fetch(`http://127.0.0.1:${marketplace.port}/books/1`, {
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    });
    expect(await marketplace.stop()).toBe(0);
    expect(await recommendations.stop()).toBe(0);
    await closeServer(collector);

    const page = spans.find(({ name }) => name === 'GET /books/:id');
    const call = spans.find(
      ({ service, parentSpanId }) => service === 'marketplace' && parentSpanId === page?.spanId,
    );
    const answer = spans.find(({ parentSpanId }) => parentSpanId === call?.spanId);
    expect([page?.parentSpanId, call?.name, answer?.service]).toEqual([
      'b7ad6b7169203331',
      'Recommendations/Recommend',
      'recommendations',
    ]);
    expect(spans.map((span) => span.traceId)).toEqual(spans.map(() => traceId));
  }, 30_000);
});
