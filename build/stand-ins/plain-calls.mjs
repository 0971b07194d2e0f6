// Reads what nearly every session sends and gets, without the SDK's schemas of it: building the one of `initialize` takes
// longer than anything else before the first answer. Each function gives the outcome that the schema would give, or
// undefined where the schema is to be asked.
import { hasOnly, hasPlainMeta, isObject, isRecord } from './plain-messages.mjs';

const requests = new Map([
  ['initialize', isPlainInitialize],
  ['tools/list', params => params === undefined || isPlainPage(params)],
  ['tools/call', isPlainToolCall],
]);

const notifications = new Map([
  ['notifications/initialized', params => params === undefined || arePlainParams(params)],
]);

export function plainRequest(method, value) {
  if (!isPlainCall(requests, method, value)) return undefined;
  return read(method, method === 'initialize' ? withForms(value.params) : value.params);
}

export function plainNotification(method, value) {
  return isPlainCall(notifications, method, value) ? read(method, value.params) : undefined;
}

export function plainResult(method, value) {
  if (method !== 'tools/call' || !isObject(value) || !hasOnly(value, 'content', 'structuredContent', 'isError')) {
    return undefined;
  }
  const { content, structuredContent, isError } = value;
  const isPlain =
    Array.isArray(content) &&
    content.every(isPlainText) &&
    (structuredContent === undefined || isRecord(structuredContent)) &&
    isFlag(isError);
  return isPlain ? { ok: true, value } : undefined;
}

function isPlainCall(calls, method, value) {
  return isObject(value) && value.method === method && calls.get(method)?.(value.params) === true;
}

function read(method, params) {
  return { ok: true, value: { method, ...(params && { params }) } };
}

function isPlainInitialize(params) {
  if (!isObject(params) || !hasOnly(params, 'protocolVersion', 'capabilities', 'clientInfo')) return false;
  const { protocolVersion, capabilities, clientInfo } = params;
  return isString(protocolVersion) && areCapabilities(capabilities) && isImplementation(clientInfo);
}

function isImplementation(value) {
  if (!isObject(value) || !hasOnly(value, 'name', 'version', 'title', 'websiteUrl', 'description')) return false;
  return isString(value.name) && isString(value.version) && Object.values(value).every(isString);
}

function areCapabilities(value) {
  if (!isObject(value)) return false;
  const { roots = {}, sampling = {}, elicitation = {}, experimental = {}, extensions = {} } = value;
  return (
    hasOnly(value, 'roots', 'sampling', 'elicitation', 'experimental', 'extensions') &&
    isObject(roots) &&
    hasOnly(roots, 'listChanged') &&
    isFlag(roots.listChanged) &&
    isMapOfObjects(sampling, 'context', 'tools') &&
    isMapOfObjects(elicitation, 'form', 'url') &&
    isFlag(elicitation.form?.applyDefaults) &&
    isMapOfObjects(experimental) &&
    isMapOfObjects(extensions)
  );
}

/** The schema's reading of a client that says nothing of how it asks its person. */
function withForms(params) {
  const { capabilities } = params;
  const { elicitation } = capabilities;
  if (elicitation === undefined || Object.keys(elicitation).length > 0) return params;
  return { ...params, capabilities: { ...capabilities, elicitation: { form: {} } } };
}

function arePlainParams(params, ...names) {
  return isObject(params) && hasOnly(params, '_meta', ...names) && hasPlainMeta(params);
}

function isPlainPage(params) {
  return arePlainParams(params, 'cursor') && (params.cursor === undefined || isString(params.cursor));
}

function isPlainToolCall(params) {
  if (!arePlainParams(params, 'name', 'arguments') || !isString(params.name)) return false;
  return params.arguments === undefined || isRecord(params.arguments);
}

function isPlainText(item) {
  return isObject(item) && item.type === 'text' && isString(item.text) && hasOnly(item, 'type', 'text');
}

function isFlag(value) {
  return value === undefined || typeof value === 'boolean';
}

function isString(value) {
  return typeof value === 'string';
}

/** Whether it is an object of nothing but objects, with these names only where some are given. */
function isMapOfObjects(value, ...names) {
  if (!isRecord(value) || (names.length > 0 && !hasOnly(value, ...names))) return false;
  return Object.values(value).every(inner => isRecord(inner) && isJson(inner));
}

function isJson(value) {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (Array.isArray(value)) return value.every(isJson);
  return isRecord(value) && Object.values(value).every(isJson);
}
