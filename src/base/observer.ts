/** A tool call that begins. */
export interface StartedCall {
  readonly tool: string;
  /** The W3C `traceparent` that the caller sent with the request. */
  readonly traceparent?: string;
}

/** How a tool call ended. It holds no value of an argument or a record. */
export interface ObservedCall extends StartedCall {
  /** `ok`, the status of a create, `asked`, or the kind of the error. */
  readonly outcome: string;
  /** Why it failed, as far as a log may tell. */
  readonly reason?: string;
  readonly ms: number;
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
  /** Runs a call; what is told meanwhile belongs to it. */
  readonly trace?: (<T>(call: StartedCall, run: () => Promise<T>) => Promise<T>) | undefined;
  call(call: ObservedCall): void;
  apiRequest(request: ObservedRequest): void;
  /** A look for what may be kept: live lists, dictionaries and types, or the people of a recent answer. */
  cacheLookUp(cache: 'lists' | 'answers', isHit: boolean): void;
}

/** Nobody looks. */
export const unobserved: Observer = { call() {}, apiRequest() {}, cacheLookUp() {} };
