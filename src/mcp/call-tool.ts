import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { withDeadline } from '../base/deadlines.ts';
import { CharitylogError, isCharitylogError, wrongArguments } from '../base/errors.ts';
import { AskUser, type HostUser } from '../people/adding/adding.ts';
import { mended } from './arguments/parse.ts';
import { CallRecord, type RecordedCall, type RecordOptions } from './call-record.ts';
import { hostUserOf, progressOf, traceOf } from './client.ts';
import { asCharitylogError } from './results.ts';
import { type Tool, type ToolContext, type ToolResult, withNotes } from './tool.ts';

/** The longest that a tool call may take, in milliseconds; hosts give up after 60 seconds. */
const longestCallMs = 50_000;

const notNoted =
  'This is what happened, but the audit log could not be written any more. Tell the user that an administrator must look at it.';

/** What belongs to one call. */
type PerCall = 'waiting' | 'progress' | 'user' | 'noteSending' | 'reportLateOutcome';

/** What every call of an identity's tools works with. */
export interface CallOptions extends Omit<ToolContext, PerCall>, RecordOptions {
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
  return (tool, input, request, answered) => {
    const user = () => answered ?? hostUserOf(request, mcp);
    const run = () => runTool({ tool, input, request, mcp }, user, options);
    return options.observer.trace?.({ tool: tool.name, ...traceOf(request) }, run) ?? run();
  };
}

async function runTool(call: RecordedCall, user: () => HostUser, options: CallOptions): Promise<ToolResult | AskUser> {
  const { tool, input, request } = call;
  const record = new CallRecord(options, call);
  let leave: (() => void) | undefined;
  try {
    leave = await options.enter?.();
    const result = await withDeadline(request.mcpReq.signal, longestCallMs, waiting =>
      tool.call(input, {
        waiting,
        progress: progressOf(request),
        user,
        noteSending: () => record.noteSending(),
        reportLateOutcome: late => record.noteLate(outcomeOf(tool, late), () => tool.audited(late)),
        ...options,
      }),
    );
    if (result instanceof AskUser) {
      await record.note('asked');
      return result;
    }
    const isNoted = await record.note(outcomeOf(tool, result), { summaryOf: () => tool.audited(result) });
    return isNoted ? result : { ...result, ...withNotes(...[result.notes ?? []].flat().map(String), notNoted) };
  } catch (thrown) {
    const error = withRightCall(asCharitylogError(thrown, request.mcpReq.signal.aborted), { tool, input, options });
    await record.note(error.kind, { reason: error.logText });
    throw error;
  } finally {
    leave?.();
  }
}

function outcomeOf(tool: Tool, result: ToolResult): string {
  return tool.outcome?.(result) ?? 'ok';
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
