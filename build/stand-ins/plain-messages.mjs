// Tells JSON-RPC messages as nearly all are without the SDK's schemas, which take long to build and to ask. Each function
// is true only where the schema accepts the message as it is; of any other message the schema is asked.

export function isPlainRequest(value) {
  return isCall(value) && isId(value.id);
}

export function isPlainNotification(value) {
  return isCall(value) && !('id' in value);
}

export function isPlainResult(value) {
  if (!isVersion2(value) || !isId(value.id) || !isObject(value.result)) return false;
  const { _meta } = value.result;
  return (_meta === undefined || isObject(_meta)) && hasOnly(value, 'jsonrpc', 'id', 'result');
}

/** The message if it is a plain call, else what `parse` makes of it. */
export function plainOr(value, parse) {
  return isPlainRequest(value) || isPlainNotification(value) ? value : parse(value);
}

function isCall(value) {
  if (!isVersion2(value) || typeof value.method !== 'string') return false;
  return hasPlainParams(value) && hasOnly(value, 'jsonrpc', 'id', 'method', 'params');
}

function hasPlainParams({ params }) {
  if (params === undefined) return true;
  return isObject(params) && hasPlainMeta(params);
}

export function hasPlainMeta({ _meta }) {
  return _meta === undefined || (isRecord(_meta) && hasPlainTokens(_meta));
}

function hasPlainTokens(meta) {
  const { progressToken } = meta;
  if (meta['io.modelcontextprotocol/related-task'] !== undefined) return false;
  return progressToken === undefined || isId(progressToken);
}

function isVersion2(value) {
  return isObject(value) && value.jsonrpc === '2.0';
}

function isId(value) {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with nothing but keys of its own; the schema drops the key `__proto__`. */
export function isRecord(value) {
  if (!isObject(value) || Object.hasOwn(value, '__proto__')) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function hasOnly(value, ...keys) {
  for (const key in value) if (!keys.includes(key)) return false;
  return true;
}
