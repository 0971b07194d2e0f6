import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './api-error.ts';
import { decodeBody } from './body.ts';
import { inCharset } from './charsets.ts';
import { answerQuestion } from './clients.ts';
import { answerCreated } from './created.ts';
import type { Field } from './fields.ts';
import { encodeDictionary, encodeFields } from './lists.ts';
import { answerRefusal } from './refusals.ts';
import { type Answer, json } from './respond.ts';
import type { System } from './system.ts';
import { createPerson, referralFields, savePerson, stagePeople } from './writes.ts';

/** The keys that a sandbox accepts, as the headers `Source`, `Org` and `User` (API Authentication). They are no secret. */
export const sandboxKeys = { source: 'sandbox-source-key', org: 'sandbox-org-key', user: 'sandbox-user-key' } as const;

/** A request as the API sees one. */
export interface Call {
  readonly method: string;
  /** Raw path and query, as in `/v2/clients/type/7`. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Route {
  readonly system: System;
  readonly call: Call;
  /** The decoded path segments after the entity. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

/** What is answered to each method and entity; undefined is an unknown path. */
const routes: Readonly<Record<string, (route: Route) => Answer | undefined>> = {
  'GET clients': getClients,
  'POST clients': postClients,
  'PUT clients': putClients,
  'GET external_referral': getReferralFields,
  'PUT external_referral': putReferrals,
  'GET dictionary': getDictionary,
  'GET business': getConfiguration,
};

/** Handles one call: writes take effect, and every refusal becomes an answer. Never throws. */
export function handleCall(system: System, call: Call): Answer {
  return inCharset(system.switches.charset, answerCall(system, call));
}

function answerCall(system: System, call: Call): Answer {
  try {
    checkAccess(system, call);
    return findRoute(system, call);
  } catch (error) {
    if (error instanceof ApiError) return answerRefusal(system.switches, error);
    return json(500, { error: `the sandbox failed: ${String(error)}` });
  }
}

/** What web servers take of an address unless they are told otherwise. */
const longestUrl = 8192;

function checkAccess(system: System, { method, url, headers }: Call): void {
  if (url.length > longestUrl) throw new ApiError(414, `the address is longer than ${longestUrl} characters`);
  const { source, org, user } = sandboxKeys;
  if (headers.source !== source || headers.org !== org || headers.user !== user) {
    throw new ApiError(401, 'the Source, Org or User key is missing or not valid');
  }
  if (!['GET', 'POST', 'PUT'].includes(method)) throw new ApiError(405, `${method} is not supported`);
  if (method !== 'GET' && system.readOnlyLicence) throw new ApiError(403, 'this licence is read-only');
}

function findRoute(system: System, call: Call): Answer {
  const [path = '', search = ''] = call.url.split('?', 2);
  const [version, entity, ...rest] = withoutSlashes(path).split('/').map(decodeSegment);
  const route = version === 'v2' ? routes[`${call.method} ${entity}`] : undefined;
  const answer = route?.({ system, call, rest, query: new URLSearchParams(search) });
  if (!answer) throw new ApiError(404, 'there is nothing at this path');
  return answer;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, 'the path is not valid percent-encoding');
  }
}

function getClients({ system, call, rest, query }: Route): Answer {
  const { fields, switches } = system;
  const list = rest.length === 1 ? rest[0] : undefined;
  if (list === 'filterable_fields') return json(200, encodeFields(switches, pick(fields, 'filterable')));
  if (list === 'selectable_fields') return json(200, encodeFields(switches, pick(fields, 'selectable')));
  return answerQuestion(system, rest, { url: call.url, host: call.headers.host ?? '', query });
}

function pick(fields: System['fields'], property: 'filterable' | 'selectable' | 'writable'): Field[] {
  return [...fields.values()].filter(field => field[property]);
}

function postClients({ system, call, rest }: Route): Answer | undefined {
  if (rest.length > 0) return undefined;
  return answerMade(system, 201, createPerson(system, readBody(call)));
}

function putClients({ system, call, rest }: Route): Answer | undefined {
  const [key, externalId] = rest;
  if (rest.length === 0) return answerMade(system, 200, createPerson(system, readBody(call)));
  if (rest.length !== 2 || key !== 'external_id' || !externalId) return undefined;
  return answerMade(system, 200, savePerson(system, externalId, readBody(call)));
}

function answerMade({ switches, people }: System, status: 200 | 201, id: number): Answer {
  return answerCreated(switches, { status, id, people });
}

function getReferralFields({ system, rest }: Route): Answer | undefined {
  if (rest.join('/') !== 'selectable_fields') return undefined;
  const own = referralFields.map(name => ({ name, label: name, kind: 'text' as const }));
  const ofPeople = pick(system.fields, 'writable').filter(({ name }) => name !== 'type');
  return json(200, encodeFields(system.switches, [...own, ...ofPeople]));
}

function putReferrals({ system, call, rest }: Route): Answer | undefined {
  if (rest.length > 0) return undefined;
  return answerCreated(system.switches, { status: 200, id: stagePeople(system, readBody(call)), people: [] });
}

function readBody({ headers, body }: Call): unknown {
  return decodeBody(headers['content-type'], body);
}

function getDictionary({ system, rest }: Route): Answer | undefined {
  const { dictionaries, switches } = system;
  if (rest.length === 0) return json(200, encodeAllDictionaries(system));
  const isSearch = rest[0] === 'search';
  const path = (isSearch ? rest.slice(1, -1) : rest).join('/');
  const options = dictionaries.get(path);
  const state = path === 'client_type' ? switches.clientTypes : switches.dictionaries;
  if (!options || state === 'missing') return undefined;
  if (state === 'failing') return { ...json(500, { error: 'internal error' }), headers: { 'retry-after': '0' } };
  if (state === 'empty') return json(200, encodeDictionary(switches, new Map()));
  const term = isSearch ? (rest.at(-1) ?? '').toLowerCase() : '';
  const hits = [...options].filter(([, name]) => name.toLowerCase().includes(term));
  return json(200, encodeDictionary(switches, new Map(hits)));
}

/** Lists under `organisations` and `extension_database` are nested one level deeper than the others. */
function encodeAllDictionaries({ dictionaries, switches }: System): unknown {
  const everything: Record<string, unknown> = {};
  for (const [path, options] of dictionaries) {
    const [table = '', field] = path.split('/');
    const list = encodeDictionary(switches, options);
    everything[table] = field ? { ...(everything[table] as object | undefined), [field]: list } : list;
  }
  return everything;
}

/** The key test: any right keys may read it (API Authentication). */
function getConfiguration({ rest }: Route): Answer | undefined {
  if (rest.join('/') !== 'configuration') return undefined;
  return json(200, { name: 'Eastwick and District Community Care (made up)', version: 'sandbox', branches: true });
}

/** A path without a slash before it and any behind it. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(path.startsWith('/') ? 1 : 0, end);
}
