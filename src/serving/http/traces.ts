/** Tool calls and API requests as spans of OpenTelemetry. Import it dynamically: most services send none. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import manifest from '../../../package.json' with { type: 'json' };
import type { Observer } from '../../base/observer.ts';

/** Where spans go: a tool call is one, and each request to the API that it makes is one within. */
export interface Traces extends Required<Pick<Observer, 'call' | 'apiRequest'>> {
  readonly trace: NonNullable<Observer['trace']>;
  /** Sends what is left, and resolves when that is done or can't be. */
  end(): Promise<void>;
}

/** Sends spans to the collector that the variables of OpenTelemetry name, which its packages read by themselves. */
export function spansToCollector(): Traces {
  const own = resourceFromAttributes({ 'service.name': manifest.name, 'service.version': manifest.version });
  const provider = new BasicTracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer(manifest.name, manifest.version);
  const current = new AsyncLocalStorage<Span>();
  return {
    trace: ({ tool, traceparent }, run) => {
      const attributes = { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': tool };
      const options = { kind: SpanKind.SERVER, attributes };
      return current.run(tracer.startSpan(`tools/call ${tool}`, options, contextOf(traceparent)), run);
    },
    call: ({ outcome, reason }) => {
      const span = current.getStore();
      span?.setAttribute('charitylog.outcome', outcome);
      if (reason !== undefined) setError(span, outcome);
      span?.end();
    },
    apiRequest: ({ method, status, ms }) => {
      const call = current.getStore();
      const endTime = Date.now();
      const options = { kind: SpanKind.CLIENT, startTime: endTime - ms, attributes: { 'http.request.method': method } };
      const span = tracer.startSpan(method, options, call && trace.setSpan(ROOT_CONTEXT, call));
      if (status !== 'none') span.setAttribute('http.response.status_code', status);
      if (status === 'none' || status >= 400) setError(span, String(status));
      span.end(endTime);
    },
    end: () => provider.shutdown().catch(() => undefined),
  };
}

function setError(span: Span | undefined, type: string): void {
  span?.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
}

/** The context of a caller's span, as a well-formed W3C `traceparent` names it. */
function contextOf(traceparent: string | undefined) {
  const [, traceId, spanId, flags] = traceparent?.split('-') ?? [];
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags ?? '0', 16),
    isRemote: true,
  });
}
