import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { untilAborted } from '../../base/deadlines.ts';
import type { Admission } from '../callers/authenticate.ts';
import type { Incoming } from '../messages/incoming.ts';
import type { Accepted } from './answer-form.ts';
import type { Endpoint } from './endpoint.ts';
import { isSpoken } from './form.ts';
import type { OpenRequest } from './open-requests.ts';
import { answerBatch, cleanRefusal, ended } from './responses.ts';

/** A request of which all is right, and who answers it. */
export interface Checked extends Admission {
  readonly open: OpenRequest;
  readonly endpoint: Endpoint;
  readonly accepted: Accepted;
  /** What a POST brought: a message or a batch. */
  readonly message?: unknown;
  readonly batch?: readonly Incoming[];
}

/** Answers a request by the SDK's handlers, which know of requests and answers as the web has them. */
export async function answerByWeb(
  request: IncomingMessage,
  response: ServerResponse,
  { checked, report }: { readonly checked: Checked; readonly report: (line: string) => void },
): Promise<void> {
  const { endpoint, message, batch, accepted, mayCreate, open } = checked;
  const fetch = (web: Request) => {
    const signal = AbortSignal.any([web.signal, open.signal(), ...endOfToken(checked)]);
    const known = { request: requestFor(web, signal), accepted, mayCreate };
    const answer = (one: unknown) =>
      untilAborted(endpoint.answer({ ...known, message: one }), signal).then(cleanRefusal, error => {
        if (signal.aborted) return ended(one);
        throw error;
      });
    return batch ? answerBatch(batch, answer) : answer(message);
  };
  const serve = toNodeHandler({ fetch }, { onerror: error => report(`request failed: ${error.name}`) });
  // The body has been read: the adapter is to read none.
  await serve(
    request as IncomingMessage & { method: string; url: string },
    response,
    request.method === 'POST' ? {} : undefined,
  );
}

/** The request as the SDK gets it: without its token, and for either form of answer, which it insists on. */
function requestFor({ url, method, headers: given }: Request, signal: AbortSignal): Request {
  const headers = new Headers(given);
  headers.set('accept', 'application/json, text/event-stream');
  headers.delete('authorization');
  // Left of a handshake only, whose header doesn't count.
  if (!isSpoken(headers.get('mcp-protocol-version'))) headers.delete('mcp-protocol-version');
  return new Request(url, { method, headers, signal });
}

/** A subscription lasts for as long as the token that it was opened with. */
function endOfToken({ expiresAt, open }: { readonly expiresAt: number; readonly open: OpenRequest }): AbortSignal[] {
  if (open.purpose !== 'subscription' || expiresAt === Number.POSITIVE_INFINITY) return [];
  return [AbortSignal.timeout(Math.min(Math.max(0, expiresAt * 1000 - Date.now()), 2 ** 31 - 1))];
}
