import { PROTOCOL_VERSION_META_KEY, specTypeSchemas } from '@modelcontextprotocol/server';
import { bounds } from '../../base/bounds.ts';
import { andMore } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import { quote } from '../../base/quote.ts';

/** The protocol's own schemas of the requests that are served. */
const schemas = {
  initialize: 'InitializeRequest',
  'tools/list': 'ListToolsRequest',
  'tools/call': 'CallToolRequest',
  'prompts/list': 'ListPromptsRequest',
  'prompts/get': 'GetPromptRequest',
  'resources/list': 'ListResourcesRequest',
  'resources/templates/list': 'ListResourceTemplatesRequest',
  'resources/read': 'ReadResourceRequest',
  'completion/complete': 'CompleteRequest',
} as const satisfies Record<string, keyof typeof specTypeSchemas>;

/**
 * What is wrong with the params of a message, in one sentence: the server's own check would answer with its whole report.
 * Nobody waits for an answer to a notification, whose params are left to the server.
 */
export function paramsProblem(
  method: string,
  message: Record<string, unknown>,
  isRequest: boolean,
): string | undefined {
  const { params = {} } = message;
  if (!isObject(params)) return `The params of ${method} must be an object with names and values.`;
  if (!isRequest) return undefined;
  // 2026-07-28 has no handshake: the server says so.
  if (method === 'initialize' && namesRevision(message)) return undefined;
  const schema = Object.hasOwn(schemas, method) ? schemas[method as keyof typeof schemas] : 'JSONRPCRequest';
  const checked = specTypeSchemas[schema]['~standard'].validate({ ...message, params });
  const [issue] = (checked instanceof Promise ? undefined : checked.issues) ?? [];
  if (issue) return sentenceOf(method, params, issue);
  const long = longText(params);
  if (long) return `${long} of ${method} is longer than ${bounds.shortText} characters.`;
  if (!method.endsWith('/list') || params.cursor === undefined) return undefined;
  return `There is no such cursor: ${method} answers with the whole list at once. Leave cursor out.`;
}

/** What is wrong with a call of more arguments than any tool or prompt has: looking at each takes long. */
export function tooManyArguments(message: unknown): string | undefined {
  const params = isObject(message) && isObject(message.params) ? message.params : {};
  if (!isObject(params.arguments)) return undefined;
  const names = Object.keys(params.arguments);
  if (names.length <= bounds.fields) return undefined;
  const [first = '', second = ''] = names;
  return `There are more arguments than anything takes: ${quote(first)}, ${quote(second)} ${andMore(names.length - 2)}. Send the few that are meant.`;
}

/** What of a request is a name or an address, and stands in its answer too. */
const echoed = ['name', 'uri', 'ref.name', 'ref.uri', 'argument.name', 'argument.value'].map(path => path.split('.'));

function longText(params: object): string | undefined {
  return echoed.find(keys => String(valueAt(params, keys) ?? '').length > bounds.shortText)?.join('.');
}

function valueAt(object: object, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((one, key) => (one as Record<string, unknown> | undefined)?.[key], object);
}

/** True for a message that names its revision itself, as those of 2026-07-28 do. */
export function namesRevision({ params }: Record<string, unknown>): boolean {
  const meta = isObject(params) ? params._meta : undefined;
  return isObject(meta) && typeof meta[PROTOCOL_VERSION_META_KEY] === 'string';
}

/** What the schemas say of a value that isn't right, as far as it is told on. */
interface Issue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly expected?: string;
  readonly values?: readonly unknown[];
  /** For a value that may be one of several: what each of them finds wrong. */
  readonly errors?: readonly (readonly Issue[])[];
}

const kinds: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/** @example sentenceOf('initialize', {}, issue) // 'initialize needs clientInfo, which must be an object.' */
function sentenceOf(method: string, params: object, issue: Issue): string {
  const keys = keysOf(issue).slice(1);
  const name = keys.join('.');
  const value = valueAt(params, keys);
  if (value === undefined) return `${method} needs ${name}, which must be ${kindOf(issue)}.`;
  return `${name} of ${method} must be ${kindOf(issue)}.`;
}

/** What a value is to be, as the end of "must be ...". */
function kindOf({ expected = '', values, errors }: Issue): string {
  if (values) return values.join(' or ');
  if (!errors) return Object.hasOwn(kinds, expected) ? String(kinds[expected]) : 'as the protocol has it';
  const firsts = errors.flatMap(([first]) => (first ? [first] : []));
  const [key] = firsts.map(first => keysOf(first).join('.'));
  const accepted = [...new Set(firsts.map(kindOf))].join(' or ');
  return key ? `an object whose ${key} is ${accepted}` : accepted;
}

function keysOf({ path = [] }: Issue): string[] {
  return path.map(step => String(typeof step === 'object' ? step.key : step));
}
