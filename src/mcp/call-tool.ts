import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { AuditSummary } from '../audit/audit-line.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { withDeadline } from '../base/deadlines.ts';
import { CharitylogError, isCharitylogError, wrongArguments } from '../base/errors.ts';
import type { Observer } from '../base/observer.ts';
import { AskUser, type HostUser } from '../people/adding/adding.ts';
import { givenNames, mended } from './arguments/parse.ts';
import { clientOf, hostUserOf, progressOf, traceOf } from './client.ts';
import { asCharitylogError } from './results.ts';
import type { Tool, ToolContext, ToolResult } from './tool.ts';

/** The longest that a tool call may take, in milliseconds; hosts give up after 60 seconds. */
const longestCallMs = 50_000;

/** What every call of an identity's tools works with. */
export interface CallOptions extends Omit<ToolContext, 'signal' | 'progress' | 'user' | 'reportLateOutcome'> {
  /** Nobody is added while the audit log can't be written. */
  readonly isAuditRequired: boolean;
  /** The audit log, where one is kept. */
  readonly audit: AuditLog | undefined;
  readonly observer: Pick<Observer, 'call'>;
  /** Lets a call in, or throws; the returned function is called when it has ended. */
  readonly enter?: (() => Promise<() => void>) | undefined;
}

/** Runs a tool for a request: within the limits of its caller, with a deadline, a line in the audit log and in the metrics. */
export type CallTool = (
  tool: Tool,
  input: unknown,
  request: ServerContext,
  /** The user's answer to a question, where the request doesn't hold it. */
  user?: HostUser,
) => Promise<ToolResult | AskUser>;

/** @throws (by the returned function) CharitylogError for everything the caller should be told as an error */
export function callToolWith(options: CallOptions, mcp: McpServer): CallTool {
  return async (tool, input, request, user = hostUserOf(request, mcp)) => {
    const record = recorderOf(options, { tool, input, request, mcp });
    let leave: (() => void) | undefined;
    try {
      leave = await options.enter?.();
      if (options.isAuditRequired && !tool.annotations.readOnlyHint) options.audit?.check();
      const result = await withDeadline(request.mcpReq.signal, longestCallMs, signal =>
        tool.call(input, {
          ...options,
          signal,
          progress: progressOf(request),
          user,
          reportLateOutcome: outcome => record(tool.audited(outcome), { late: true }),
        }),
      );
      record(result instanceof AskUser ? { outcome: 'asked' } : tool.audited(result));
      return result;
    } catch (thrown) {
      const error = withRightCall(asCharitylogError(thrown, request.mcpReq.signal.aborted), { tool, input, options });
      record({ outcome: error.kind }, { reason: error.logText });
      throw error;
    } finally {
      leave?.();
    }
  };
}

/** What writes how a call ended into the audit log and the metrics. */
function recorderOf(
  { audit, observer, catalogue }: CallOptions,
  { tool, input, request, mcp }: { tool: Tool; input: unknown; request: ServerContext; mcp: McpServer },
) {
  const startedAt = performance.now();
  return (summary: AuditSummary, { late = false, reason }: { late?: boolean; reason?: string } = {}) => {
    const ms = performance.now() - startedAt;
    if (audit) {
      const argumentNames = givenNames(tool.arguments(catalogue.latestFields), input);
      audit.write({ tool: tool.name, argumentNames, client: clientOf(request, mcp), ms, late }, summary);
    }
    if (late) return;
    const outcome = typeof summary.outcome === 'string' ? summary.outcome : 'ok';
    observer.call({ tool: tool.name, outcome, ...(reason !== undefined && { reason }), ms, ...traceOf(request) });
  };
}

/** A longer call isn't repeated, in characters. */
const longestCall = 2000;

interface WrongCall {
  readonly tool: Tool;
  readonly input: unknown;
  readonly options: Pick<CallOptions, 'catalogue'>;
}

/** An error about arguments, with the caller's own call mended, or, where that can't be, an example beside it. */
function withRightCall(error: CharitylogError, { tool, input, options }: WrongCall): CharitylogError {
  if (!isCharitylogError(error, 'invalid') || error.code !== wrongArguments) return error;
  const { name, example } = tool;
  const call = error.mend && JSON.stringify(mended(tool.arguments(options.catalogue.latestFields), input, error.mend));
  const right =
    call !== undefined && call.length <= longestCall
      ? `Mended call: ${name} ${call}`
      : `Example for ${name}: ${JSON.stringify(example)}`;
  const message = `${error.message}\n${right}`;
  return new CharitylogError('invalid', message, { logText: error.logText, code: error.code, cause: error });
}
