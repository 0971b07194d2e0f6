import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Faults, Plan } from './faults.ts';
import type { OpenRequest, RequestLog } from './request-log.ts';
import { type Answer, sendAnswer, sendHalf } from './respond.ts';
import { handleCall } from './router.ts';
import type { System } from './system.ts';

/** What serving a request touches. */
export interface Service {
  readonly system: System;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Aborted when the sandbox closes. */
  readonly closing: AbortSignal;
}

/** Makes the function that serves each request: logs it, lets the faults that concern it happen, handles and answers it. */
export function createListener(service: Service): RequestListener {
  return (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const request: OpenRequest = { method, url, headers, body: '', status: null };
    serve(service, incoming, response, request)
      .catch(() => response.destroy())
      .finally(() => {
        if (response.closed) endRequest(service, response, request);
        else response.once('close', () => endRequest(service, response, request));
      });
  };
}

function endRequest({ log }: Service, response: ServerResponse, request: OpenRequest): void {
  if (!response.writableFinished) request.status = null;
  log.end(request);
}

/** @throws Error when the client goes away, or the sandbox closes, before the end. */
async function serve(
  { system, faults, log, closing }: Service,
  incoming: IncomingMessage,
  response: ServerResponse,
  request: OpenRequest,
): Promise<void> {
  const plan = faults.plan(request.method, request.url);
  if (plan.reads) request.body = await text(incoming).catch(() => '');
  log.arrive(request);
  if (plan.delayMs > 0) await delay(plan.delayMs, undefined, { signal: closing });
  const answer = plan.answer ?? (plan.handles && incoming.complete ? handleCall(system, request) : undefined);
  await send(response, request, plan.sends, answer);
}

/** Sends as much of the answer as planned; a request without an answer is met with silence or a reset. */
async function send(
  response: ServerResponse,
  request: OpenRequest,
  sends: Plan['sends'],
  answer: Answer | undefined,
): Promise<void> {
  if (sends === 'silence') return;
  if (sends === 'reset' || !answer) {
    response.socket?.resetAndDestroy();
  } else if (sends === 'all') {
    request.status = response.destroyed ? null : answer.status;
    await sendAnswer(response, answer, request.headers['accept-encoding']?.toString());
  } else {
    sendHalf(response, answer, () => sends === 'half, then end' && response.destroy());
  }
}
