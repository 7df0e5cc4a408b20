import {
  context,
  INVALID_SPAN_CONTEXT,
  INVALID_TRACEID,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Identity } from './identity';

/** Something that must be closed so that no span is lost. */
export interface Tracing {
  shutdown(): Promise<void>;
}

/**
 * Starts sending traces by OTLP over HTTP. The SDK is loaded only here: without a collector a
 * service neither pays its start-up time nor its memory.
 *
 * @param endpoint base URL of the collector, as OTEL_EXPORTER_OTLP_ENDPOINT gives it
 */
export async function startTracing(identity: Identity, endpoint: string): Promise<Tracing> {
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': identity.service,
      'service.version': identity.version,
      'k8s.pod.name': identity.pod,
      'k8s.node.name': identity.node,
    }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
      ),
    ],
  });
  provider.register();
  isTracing = true;
  return { shutdown: () => provider.shutdown() };
}

/** Where trace context travels: HTTP headers or gRPC metadata. */
export interface Carrier {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

/** gRPC metadata, as far as trace context needs it: what grpc-js calls `Metadata`. */
interface CallMetadata {
  get(key: string): readonly (string | Buffer)[];
  set(key: string, value: string): void;
}

/** The carrier of a gRPC call, on either side of it. */
export function metadataCarrier(metadata: CallMetadata): Carrier {
  return {
    get: (key) => metadata.get(key)[0]?.toString(),
    set: (key, value) => metadata.set(key, value),
  };
}

const carrierAccess = {
  get: (carrier: Carrier, key: string) => carrier.get(key),
  set: (carrier: Carrier, key: string, value: string) => carrier.set(key, value),
  keys: () => ['traceparent', 'tracestate'],
};

const tracer = trace.getTracer('driftless');

/** Whether spans go anywhere. Without a collector a request should not pay for them. */
let isTracing = false;

const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/**
 * Runs `work` inside a server span whose parent is what the caller sent in `carrier`
 * (W3C Trace Context). The span ends when `work` calls `end`.
 */
export function withServerSpan<Result>(
  name: string,
  carrier: Carrier,
  work: (span: Span) => Result,
): Result {
  // Nothing to continue, and nobody to tell.
  if (!isTracing && carrier.get('traceparent') === undefined) return work(NO_SPAN);
  const parent = propagation.extract(ROOT_CONTEXT, carrier, carrierAccess);
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, parent);
  return context.with(trace.setSpan(parent, span), () => work(span));
}

/** Starts a client span and writes its context into `carrier`, for the next hop to continue. */
export function startClientSpan(name: string, carrier: Carrier): Span {
  if (!isTracing) return NO_SPAN;
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT });
  propagation.inject(trace.setSpan(context.active(), span), carrier, carrierAccess);
  return span;
}

/** Ends a span; `error` is what went wrong, absent when nothing did. */
export function endSpan(span: Span, error?: string): void {
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
  span.end();
}

/** The trace id of `span` for a log line; absent where tracing is off. */
export function traceIdOf(span: Span): string | undefined {
  const { traceId } = span.spanContext();
  return traceId === INVALID_TRACEID ? undefined : traceId;
}
