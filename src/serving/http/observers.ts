import type { ObservedCall, Observer } from '../../base/observer.ts';
import { type Log, loggedCalls } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Traces } from './traces.ts';

/** Where the calls of a service are told of. */
export interface Observers {
  readonly metrics: Metrics;
  readonly log: Log;
  readonly traces: Traces | undefined;
}

/** Tells of one caller's calls wherever they are told of; the caller's name goes to the log alone. */
export function observerOf({ metrics, log, traces }: Observers, caller: string): Observer {
  const writeLine = loggedCalls(log, caller);
  return {
    trace: traces?.trace,
    call: (call: ObservedCall) => {
      traces?.call(call);
      // Who waits for the answer doesn't wait for these.
      setImmediate(() => {
        metrics.call(call);
        writeLine(call);
      });
    },
    apiRequest: request => {
      metrics.apiRequest(request);
      traces?.apiRequest(request);
    },
    cacheLookUp: (cache, isHit) => metrics.cacheLookUp(cache, isHit),
  };
}

/** The address of the collector that the variables of OpenTelemetry name, if they ask for traces at all. */
export function tracesCollector(environment: NodeJS.ProcessEnv): string | undefined {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER = 'otlp' } = environment;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true' || OTEL_TRACES_EXPORTER !== 'otlp') return undefined;
  return environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT || undefined;
}

/** Where spans go, if there is a collector. */
export async function openTraces(environment: NodeJS.ProcessEnv): Promise<Traces | undefined> {
  if (tracesCollector(environment) === undefined) return undefined;
  const { spansToCollector } = await import('./traces.ts');
  return spansToCollector();
}
