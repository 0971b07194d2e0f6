// What the bundle has of undici: without its fetch, WebSocket, caches and mocks, which load Node's own copy of it, too.
import send from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';

Dispatcher.prototype.request = send;

export { Agent, EnvHttpProxyAgent };

/** `request` of undici, of a whole address and with a dispatcher. */
export function request(url, { dispatcher, method, ...options }) {
  const { origin, pathname, search } = new URL(url);
  return dispatcher.request({ ...options, method, origin, path: pathname + search });
}
