/** What the client of a request offers besides the request: progress, a trace, and a user who can be asked. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
  TRACEPARENT_META_KEY,
} from '@modelcontextprotocol/server';
import { cleanText } from '../base/visible-text.ts';
import type { AskUser, HostUser } from '../people/adding/adding.ts';

const questionName = 'confirm';

/**
 * The question as the protocol puts it: a form with one box, in both eras.
 *
 * @param requestState the question's state, sealed
 */
export function questionOf({ message }: AskUser, requestState: string): InputRequiredResult {
  const box = { type: 'boolean' as const, title: 'Add as a new person' };
  const requestedSchema = { type: 'object' as const, properties: { add: box }, required: ['add'] };
  const form = inputRequired.elicit({ message: cleanText(message), requestedSchema });
  return inputRequired({ inputRequests: { [questionName]: form }, requestState });
}

/** The client as it calls itself: with each request in the modern era, once in the legacy era. */
export function clientOf({ mcpReq }: ServerContext, mcp: McpServer): Implementation | undefined {
  const envelope: Record<string, unknown> = { ...mcpReq.envelope };
  return (envelope[CLIENT_INFO_META_KEY] as Implementation | undefined) ?? mcp.server.getClientVersion();
}

/** The user at the host: whether they can be asked (asking a host that can't ends in an error), and what they said. */
export function hostUserOf({ mcpReq }: ServerContext, mcp: McpServer): HostUser {
  // The modern era sends them with each request, the legacy era once.
  const envelope: Record<string, unknown> = { ...mcpReq.envelope };
  const sent = envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  const forms = (sent ?? mcp.server.getClientCapabilities())?.elicitation;
  const reply = inputResponse(mcpReq.inputResponses, questionName);
  const isAccepted = reply.kind === 'elicit' && reply.action === 'accept' && reply.content?.add === true;
  return {
    canAsk: forms !== undefined && (forms.form !== undefined || Object.keys(forms).length === 0),
    answer: reply.kind === 'missing' ? undefined : isAccepted ? 'accepted' : 'refused',
    state: mcpReq.requestState<string>(),
  };
}

/** The trace that the caller's request belongs to (W3C Trace Context), where it says so in a well-formed way. */
export function traceOf({ mcpReq }: ServerContext): { traceparent?: string } {
  const traceparent = (mcpReq._meta as Record<string, unknown> | undefined)?.[TRACEPARENT_META_KEY];
  const isWellFormed =
    typeof traceparent === 'string' && /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(traceparent);
  return isWellFormed ? { traceparent } : {};
}

/** Reports progress where the client sent a token for it, at most twice a second. */
export function progressOf({ mcpReq }: ServerContext): (read: number) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let reportedAt = 0;
  return read => {
    if (Date.now() - reportedAt < 500) return;
    reportedAt = Date.now();
    const params = { progressToken, progress: read, message: `${read} people read` };
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
