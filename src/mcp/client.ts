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
import { type AskUser, type HostUser, noneOfThese } from '../people/adding/adding.ts';
import { hasViews, sessionOfViews } from './views.ts';

const questionName = 'confirm';

/** The fields of the forms that are put to a user. */
const [boxName, choiceName] = ['add', 'person'];

/** How long a user may take to answer on a connection, in milliseconds. */
const longestAnswerMs = 600_000;

/** The question as the result of a call of the modern era, which comes again with the answer, and with this sealed state. */
export function questionOf(question: AskUser, requestState: string): InputRequiredResult {
  return inputRequired({ inputRequests: { [questionName]: inputRequired.elicit(formOf(question)) }, requestState });
}

/** Puts the question over a connection of the legacy era. A host that can't put it to its user is an answer, too. */
export async function askUser(question: AskUser, context: ServerContext, mcp: McpServer): Promise<HostUser> {
  const { mcpReq } = context;
  const request = { method: 'elicitation/create' as const, params: { mode: 'form' as const, ...formOf(question) } };
  const options = { relatedRequestId: mcpReq.id, timeout: longestAnswerMs, signal: mcpReq.signal };
  const answer = await mcp.server.request(request, options).then(answerOf, () => ({ answer: 'failed' as const }));
  mcpReq.signal.throwIfAborted();
  return { canAsk: true, seesReview: drawsViews(context, mcp), ...answer, state: question.state };
}

/** A form with one box, or with a choice of the people whom it may be. */
function formOf({ message, choices }: AskUser) {
  const box = { type: 'boolean' as const, title: 'Add as a new person' };
  const choice = { type: 'string' as const, title: 'Who is it?', enum: [...choices, noneOfThese] };
  const [name, asked] = choices.length > 0 ? [choiceName, choice] : [boxName, box];
  return { message, requestedSchema: { type: 'object' as const, properties: { [name]: asked }, required: [name] } };
}

/** An answer to either form. */
function answerOf({ action, content = {} }: { action: string; content?: Record<string, unknown> | undefined }) {
  if (action === 'decline') return { answer: 'refused' as const };
  const { [boxName]: isTicked, [choiceName]: choice } = content;
  if (action !== 'accept') return { answer: 'dismissed' as const };
  if (isTicked === true || choice === noneOfThese) return { answer: 'accepted' as const };
  return typeof choice === 'string' ? { answer: 'chosen' as const, choice } : { answer: 'dismissed' as const };
}

/** The client as it calls itself: with each request in the modern era, once in the legacy era. */
export function clientOf(request: ServerContext, mcp: McpServer): Implementation | undefined {
  return sentWith<Implementation>(request, CLIENT_INFO_META_KEY) ?? mcp.server.getClientVersion();
}

/** The user at the host: whether they can be asked (asking a host that can't ends in an error), and what they said. */
export function hostUserOf(request: ServerContext, mcp: McpServer): HostUser {
  const { mcpReq } = request;
  const forms = capabilitiesOf(request, mcp)?.elicitation;
  const reply = inputResponse(mcpReq.inputResponses, questionName);
  const state = mcpReq.requestState<string>();
  const isFailed = state !== undefined && reply.kind !== 'elicit';
  return {
    canAsk: forms !== undefined && (forms.form !== undefined || Object.keys(forms).length === 0),
    seesReview: drawsViews(request, mcp),
    ...(isFailed ? { answer: 'failed' } : reply.kind === 'elicit' ? answerOf(reply) : { answer: undefined }),
    state,
  };
}

/** True where the client says that it draws views, with this request or at the handshake. */
export function drawsViews(request: ServerContext, mcp: McpServer): boolean {
  const session = request.sessionId ?? request.http?.req?.headers.get('mcp-session-id') ?? '';
  return session.endsWith(sessionOfViews) || hasViews(capabilitiesOf(request, mcp));
}

/** The modern era sends them with each request, the legacy era once. */
function capabilitiesOf(request: ServerContext, mcp: McpServer): ClientCapabilities | undefined {
  return sentWith<ClientCapabilities>(request, CLIENT_CAPABILITIES_META_KEY) ?? mcp.server.getClientCapabilities();
}

function sentWith<T>({ mcpReq }: ServerContext, key: string): T | undefined {
  return (mcpReq.envelope as Record<string, unknown> | undefined)?.[key] as T | undefined;
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
  let reportedAt = Number.NEGATIVE_INFINITY;
  return read => {
    if (performance.now() - reportedAt < 500) return;
    reportedAt = performance.now();
    const params = { progressToken, progress: read, message: `${read} people read` };
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
