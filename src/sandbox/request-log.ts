import type { IncomingHttpHeaders } from 'node:http';

/** A request that the sandbox got. */
export interface SandboxRequest {
  readonly method: string;
  /** Raw path and query as received, as in `/v2/clients/type/7`. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The status of the answer; null while there is none, and when the connection was dropped before the answer's end. */
  readonly status: number | null;
}

/** A request as the sandbox itself fills it in. */
export type OpenRequest = { -readonly [Key in keyof SandboxRequest]: SandboxRequest[Key] };

/** Which requests one waits for. */
export type RequestMatcher = (request: { method: string; url: string }) => boolean;

/** The requests of one sandbox, and those who wait for them. */
export interface RequestLog {
  /** The last 10,000, in order of arrival. */
  readonly requests: readonly SandboxRequest[];
  /** Adds a request, and tells those who wait for it. */
  arrive(request: SandboxRequest): void;
  /** Tells the listeners that a request was answered or dropped. */
  end(request: SandboxRequest): void;
  /** The next request to arrive that matches. */
  next(matches: RequestMatcher): Promise<SandboxRequest>;
  /** Adds a listener; the function returned removes it. */
  onEnd(listener: (request: SandboxRequest) => void): () => void;
}

const keptRequests = 10_000;

/** Starts empty. */
export function createRequestLog(): RequestLog {
  const requests: SandboxRequest[] = [];
  const arrivalListeners = new Set<(request: SandboxRequest) => void>();
  const endListeners = new Set<(request: SandboxRequest) => void>();

  function arrive(request: SandboxRequest): void {
    requests.push(request);
    if (requests.length > keptRequests) requests.shift();
    for (const listener of arrivalListeners) listener(request);
  }

  function end(request: SandboxRequest): void {
    for (const listener of endListeners) listener(request);
  }

  function next(matches: RequestMatcher): Promise<SandboxRequest> {
    return new Promise(resolve => {
      const listener = (request: SandboxRequest) => {
        if (!matches(request)) return;
        arrivalListeners.delete(listener);
        resolve(request);
      };
      arrivalListeners.add(listener);
    });
  }

  function onEnd(listener: (request: SandboxRequest) => void): () => void {
    endListeners.add(listener);
    return () => endListeners.delete(listener);
  }

  return { requests, arrive, end, next, onEnd };
}
