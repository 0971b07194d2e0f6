/** How a tool call ended. It holds no value of an argument or a record. */
export interface ObservedCall {
  readonly tool: string;
  /** `ok`, the status of a create, `asked`, or the kind of the error. */
  readonly outcome: string;
  /** Why it failed, as far as a log may tell. */
  readonly reason?: string;
  readonly ms: number;
  /** The W3C `traceparent` that the caller sent with the request. */
  readonly traceparent?: string;
}

/** How an API request ended: with a status, or without an answer. */
export interface ObservedRequest {
  readonly method: string;
  readonly status: number | 'none';
  /** Until the answer began. */
  readonly ms: number;
}

/** Takes value-free facts of what happens, for logs and metrics. */
export interface Observer {
  call(call: ObservedCall): void;
  apiRequest(request: ObservedRequest): void;
  /** A look for what may be kept: live lists, dictionaries and types, or the people of a recent answer. */
  cacheLookUp(cache: 'lists' | 'answers', isHit: boolean): void;
}

/** Nobody looks. */
export const unobserved: Observer = { call() {}, apiRequest() {}, cacheLookUp() {} };
