// What the bundle has of undici: without its fetch, WebSocket, caches, mocks and `request`, which load Node's own copy of it
// and much else. The way through proxies is made ready when it is used.
import Agent from 'undici/lib/dispatcher/agent.js';

export { Agent };

export function EnvHttpProxyAgent(options) {
  const ProxyAgent = require('undici/lib/dispatcher/env-http-proxy-agent.js');
  return new ProxyAgent(options);
}
