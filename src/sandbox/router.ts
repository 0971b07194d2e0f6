import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './api-error.ts';
import { decodeBody } from './body.ts';
import { countBy, countByBoth, type ValueNamer } from './counts.ts';
import * as encode from './encode.ts';
import { defaultFields, type Field, type SandboxPerson } from './fields.ts';
import { parseQuestion, type Question } from './question.ts';
import { type Answer, json } from './respond.ts';
import type { Shape } from './shapes.ts';
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
  try {
    checkAccess(system, call);
    return findRoute(system, call);
  } catch (error) {
    if (error instanceof ApiError) return json(error.status, { error: error.message });
    return json(500, { error: `the sandbox failed: ${String(error)}` });
  }
}

function checkAccess(system: System, { method, headers }: Call): void {
  const { source, org, user } = sandboxKeys;
  if (headers.source !== source || headers.org !== org || headers.user !== user) {
    throw new ApiError(401, 'the Source, Org or User key is missing or not valid');
  }
  if (!['GET', 'POST', 'PUT'].includes(method)) throw new ApiError(405, `${method} is not supported`);
  if (method !== 'GET' && system.readOnlyLicence) throw new ApiError(403, 'this licence is read-only');
}

function findRoute(system: System, call: Call): Answer {
  const [path = '', search = ''] = call.url.split('?', 2);
  const [version, entity, ...rest] = path.replace(/^\//, '').replace(/\/+$/, '').split('/').map(decodeSegment);
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

function getClients({ system, rest, query }: Route): Answer {
  const { fields, shape } = system;
  const list = rest.length === 1 ? rest[0] : undefined;
  if (list === 'filterable_fields') return json(200, encode.encodeFields(shape, pick(fields, 'filterable')));
  if (list === 'selectable_fields') return json(200, encode.encodeFields(shape, pick(fields, 'selectable')));
  return answerQuestion(system, parseQuestion(rest, query, fields));
}

function pick(fields: System['fields'], property: 'filterable' | 'selectable' | 'writable'): Field[] {
  return [...fields.values()].filter(field => field[property]);
}

function answerQuestion({ people, fields, shape }: System, question: Question): Answer {
  const found = people.filter(question.matches);
  const [first] = found;
  const { dimension, resolves, single } = question;
  if (!first && single) throw new ApiError(404, 'there is no record with this id');
  if (!first) return encode.answerNobody(shape, dimension ? 'counts' : 'people');
  if (dimension) return json(200, countPeople(shape, found, dimension, question));
  const chosen = question.fields ?? pick(fields, 'selectable').filter(({ name }) => defaultFields.includes(name));
  const columns = chosen.map(field => ({ field, names: resolves(field) ? field.options : undefined }));
  return single ? encode.answerPerson(shape, first, columns) : encode.answerPeople(shape, found, columns);
}

function countPeople(shape: Shape, people: readonly SandboxPerson[], dimension: Field, question: Question): unknown {
  const { metric, resolves } = question;
  const nameOf: ValueNamer = (field, value) => (resolves(field) && field.options?.get(Number(value))) || String(value);
  if (!metric) return encode.encodeCounts(shape, countBy(people, dimension, nameOf));
  return encode.encodeSplitCounts(shape, countByBoth(people, dimension, metric, nameOf));
}

function postClients({ system, call, rest }: Route): Answer | undefined {
  if (rest.length > 0) return undefined;
  return json(201, encode.encodeCreated(system.shape, createPerson(system, readBody(call))));
}

function putClients({ system, call, rest }: Route): Answer | undefined {
  const [key, externalId] = rest;
  if (rest.length === 0) return json(200, encode.encodeCreated(system.shape, createPerson(system, readBody(call))));
  if (rest.length !== 2 || key !== 'external_id' || !externalId) return undefined;
  return json(200, encode.encodeCreated(system.shape, savePerson(system, externalId, readBody(call))));
}

function getReferralFields({ system, rest }: Route): Answer | undefined {
  if (rest.join('/') !== 'selectable_fields') return undefined;
  const own = referralFields.map(name => ({ name, label: name, kind: 'text' as const }));
  const ofPeople = pick(system.fields, 'writable').filter(({ name }) => name !== 'type');
  return json(200, encode.encodeFields(system.shape, [...own, ...ofPeople]));
}

function putReferrals({ system, call, rest }: Route): Answer | undefined {
  if (rest.length > 0) return undefined;
  return json(200, encode.encodeCreated(system.shape, stagePeople(system, readBody(call))));
}

function readBody({ headers, body }: Call): unknown {
  return decodeBody(headers['content-type'], body);
}

function getDictionary({ system, rest }: Route): Answer | undefined {
  const { dictionaries, shape } = system;
  if (rest.length === 0) return json(200, encodeAllDictionaries(system));
  if (rest[0] !== 'search') {
    const options = dictionaries.get(rest.join('/'));
    return options && json(200, encode.encodeDictionary(shape, options));
  }
  const options = dictionaries.get(rest.slice(1, -1).join('/'));
  const term = (rest.at(-1) ?? '').toLowerCase();
  if (!options) return undefined;
  const hits = new Map([...options].filter(([, name]) => name.toLowerCase().includes(term)));
  return json(200, encode.encodeDictionary(shape, hits));
}

/** Lists under `organisations` and `extension_database` are nested one level deeper than the others. */
function encodeAllDictionaries({ dictionaries, shape }: System): unknown {
  const everything: Record<string, unknown> = {};
  for (const [path, options] of dictionaries) {
    const [table = '', field] = path.split('/');
    const list = encode.encodeDictionary(shape, options);
    everything[table] = field ? { ...(everything[table] as object | undefined), [field]: list } : list;
  }
  return everything;
}

/** The key test: any right keys may read it (API Authentication). */
function getConfiguration({ rest }: Route): Answer | undefined {
  if (rest.join('/') !== 'configuration') return undefined;
  return json(200, { name: 'Eastwick and District Community Care (made up)', version: 'sandbox', branches: true });
}
