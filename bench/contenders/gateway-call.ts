/** A tool call. */
export interface ToolCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Sends it to the gateway, over whichever transport; resolves with the result's text. */
export function askGateway(
  gateway: { callWell(tool: string, args: ToolCall['args']): Promise<string> },
  path: string,
): Promise<string> {
  const { tool, args } = gatewayCall(path);
  return gateway.callWell(tool, args);
}

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five'];

/**
 * The gateway's tool call for an API request as our server sends it, such as
 * `/clients/type/7/field/id;surname?resolveIds[]=ALL`.
 *
 * @throws Error for a path that openapi.yaml doesn't describe
 */
export function gatewayCall(path: string): ToolCall {
  const [route = '', query = ''] = path.split('?');
  const resolve = new URLSearchParams(query).get('resolveIds[]');
  const resolveIds = resolve === null ? {} : { 'resolveIds[]': resolve };
  const [entity, ...segments] = route.split('/').slice(1).map(decodeURIComponent);
  if (entity === 'dictionary') return dictionaryCall(segments);
  if (entity !== 'clients') throw new Error(`the gateway has no tool for ${path}`);
  if (segments.length === 0) return { tool: 'lst-clients', args: resolveIds };
  const [id, word, fields] = segments;
  if (segments.length === 1) return { tool: 'get-client', args: { id: Number(id), ...resolveIds } };
  if (segments.length === 3 && word === 'field') {
    return { tool: 'get-client-fields', args: { id: Number(id), fields, ...resolveIds } };
  }
  const pairs = Array.from({ length: segments.length / 2 }, (_, index) => segments.slice(2 * index, 2 * index + 2));
  const args = pairs.flatMap(([key, value], index) => [
    [`key_${index + 1}`, key],
    [`value_${index + 1}`, value],
  ]);
  const tool = `find-clients-by-${numberWords[pairs.length]}-pair${pairs.length > 1 ? 's' : ''}`;
  return { tool, args: { ...Object.fromEntries(args), ...resolveIds } };
}

function dictionaryCall([table, field]: readonly string[]): ToolCall {
  if (table === 'client_type') return { tool: 'lst-client-types', args: {} };
  if (table === 'organisations') return { tool: 'lst-options-of-client-field', args: { client_field: field } };
  return { tool: 'lst-options-of-extension-field', args: { extension_field: field } };
}
