import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { isCharitylogError } from '../base/errors.ts';
import type { CallTool } from './call-tool.ts';
import { drawsViews } from './client.ts';
import { asCharitylogError, errorText, presented } from './results.ts';
import { describeFields } from './tools/describe-fields.ts';
import { getPerson } from './tools/get-person.ts';
import { listClientTypes } from './tools/list-client-types.ts';
import { readView, viewResources } from './views.ts';

const json = { mimeType: 'application/json' };
const clientTypes = { title: 'Client types', description: 'The types of people this charity keeps', ...json };
const fields = { title: 'Fields', description: 'The fields that can be searched by, shown and written', ...json };
const person = { title: 'Person', description: "One person's record", ...json };
const personTemplate = 'charitylog://people/{id}';

/** Registers what tools read as resources, for hosts that let the user attach one to a conversation. */
export function registerResources(mcp: McpServer, run: CallTool): void {
  mcp.registerResource('client-types', 'charitylog://client-types', clientTypes, (uri, context) =>
    read(uri, () => run(listClientTypes, {}, context)),
  );
  mcp.registerResource('fields', 'charitylog://fields', fields, (uri, context) =>
    read(uri, () => run(describeFields, {}, context)),
  );
  const template = new ResourceTemplate(personTemplate, { list: undefined });
  mcp.registerResource('person', template, person, (uri, { id }, context) =>
    read(uri, () => run(getPerson, { id: decoded(id) }, context)),
  );
  registerViews(mcp);
}

/** Views are listed to clients that draw them alone; they hold no data. */
function registerViews(mcp: McpServer): void {
  const list = (context: ServerContext) => ({ resources: drawsViews(context, mcp) ? [...viewResources] : [] });
  const template = new ResourceTemplate('ui://charitylog/{view}.html', { list });
  mcp.registerResource('view', template, {}, async (uri, { view }) => {
    const read = await readView(String(view));
    if (!read) throw new ResourceNotFoundError(uri.href);
    return read;
  });
  const resourceTemplates = [{ name: 'person', uriTemplate: personTemplate, ...person }];
  mcp.server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates }));
}

/** A value as it was before it was put into an address; as it stands where that can't be told. */
function decoded(value: string | string[] | undefined): string {
  const text = String(value);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function read(uri: URL, task: () => ReturnType<CallTool>): Promise<ReadResourceResult> {
  try {
    const { text } = presented({ ...(await task()) });
    return { contents: [{ uri: uri.href, ...json, text }] };
  } catch (thrown) {
    if (isCharitylogError(thrown, 'not_found')) throw new ResourceNotFoundError(uri.href, errorText(thrown));
    const code = isCharitylogError(thrown, 'invalid')
      ? ProtocolErrorCode.InvalidParams
      : ProtocolErrorCode.InternalError;
    throw new ProtocolError(code, errorText(asCharitylogError(thrown, false)));
  }
}
