/** Tool calls as spans of OpenTelemetry. Import it dynamically: most services send none. */
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import manifest from '../../../package.json' with { type: 'json' };
import type { ObservedCall } from '../../base/observer.ts';

/** Where the spans of tool calls go. */
export interface Traces {
  /** Takes a call that has ended. */
  call(call: ObservedCall): void;
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
  return {
    call: ({ tool, outcome, reason, ms, traceparent }) => {
      const endTime = Date.now();
      const attributes = {
        'mcp.method.name': 'tools/call',
        'gen_ai.tool.name': tool,
        'charitylog.outcome': outcome,
        ...(reason !== undefined && { 'error.type': outcome }),
      };
      const options = { kind: SpanKind.SERVER, startTime: endTime - ms, attributes };
      const span = tracer.startSpan(`tools/call ${tool}`, options, contextOf(traceparent));
      if (reason !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endTime);
    },
    end: () => provider.shutdown().catch(() => undefined),
  };
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
