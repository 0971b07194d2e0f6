/** What the answer to a plain request tells of what stands between a client and the service, and of its caller. */
import { isLoopback } from '../../base/addresses.ts';
import { CharitylogError } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';

/** An answer, as far as it is judged. */
export interface Answer {
  readonly status: number;
  /** Its `www-authenticate` and `location`, where it has them. */
  readonly challenge: string | undefined;
  readonly location: string | undefined;
  /** Its JSON; undefined where it is none. */
  readonly json: unknown;
}

/** Whether the answer is the service's own, and not that of a proxy. @throws CharitylogError saying what to do, as all here */
export function proxyOf({ status, location, challenge, json }: Answer, url: URL): string {
  if (status >= 300 && status < 400) {
    throw wrong(`the answer is a redirection (${status}) to ${location ?? 'nowhere'}: give clients the final address.`);
  }
  const isOwn = challenge?.startsWith('Bearer') || isObject(json);
  if (status === 404) {
    throw wrong(
      `the answer is 404: nothing is served at ${url.pathname}. Is this the MCP endpoint of charitylog-mcp? A proxy must ` +
        'lead it to /mcp.',
    );
  }
  if (!isOwn && [502, 503, 504].includes(status)) {
    throw wrong(`the proxy answers ${status}: it does not reach the service. Correct the address that it leads to.`);
  }
  if (status >= 500) throw wrong(`the service answers ${status}: ${messageOf(json)}`);
  // A refused login has a step of its own.
  if (isOwn || status === 401 || status === 403) return 'the answer is of the service';
  throw wrong(`the answer is ${status} without JSON: is this the MCP endpoint of charitylog-mcp?`);
}

/** Whether the service takes the host name that it is called by. */
export function hostNameOf({ status, json }: Answer, { hostname }: URL): string {
  if (status !== 403) return `${hostname} is one of the service`;
  throw wrong(
    /host name/.test(messageOf(json))
      ? `the service does not take ${hostname} as its name: add it to CHARITYLOG_ALLOWED_HOSTS, and let the proxy pass the Host header on.`
      : 'the answer is 403 without a word of the service: a proxy or a firewall in front of it refuses the request.',
  );
}

/** Whether a caller without a token is refused as clients expect. */
export function challengeOf({ status, challenge }: Answer, url: URL): string {
  if (status === 401 && challenge?.startsWith('Bearer')) return 'refused with 401 and a challenge';
  if (status === 200 && isLoopback(url)) return 'let in: the service has no callers and is on loopback';
  if (status === 200) throw wrong('callers without a token are let in. Stop the service and give it a callers file.');
  throw wrong(
    status === 401
      ? 'the answer is 401 without a Bearer challenge: a proxy wants a login of its own, or drops the header WWW-Authenticate.'
      : `the answer is ${status}, where 401 with a Bearer challenge is right. Is this the MCP endpoint of charitylog-mcp?`,
  );
}

/** Whether the token is good. */
export function tokenOf({ status, challenge = '', json }: Answer): string {
  if (status === 401 && !challenge.includes('error=')) {
    throw wrong('the service saw no token: let the proxy pass the header Authorization on.');
  }
  if (status === 401 || challenge.includes('insufficient_scope'))
    throw wrong(`the token is refused: ${messageOf(json)}`);
  if (status >= 500) throw wrong(`the token could not be checked: ${messageOf(json)}`);
  return 'is good';
}

/** Whether the service lets in whoever the token is for. */
export function callerOf({ status, json }: Answer): string {
  if (status === 200) return 'is let in';
  throw wrong(`${status}: ${messageOf(json)}`);
}

/** What an answer says of itself, as JSON-RPC or OAuth put it. */
function messageOf(json: unknown): string {
  const { error, error_description } = isObject(json) ? json : {};
  return String((isObject(error) ? error.message : error_description) ?? 'it says nothing of why').slice(0, 300);
}

/** What is to be done where something is found wrong. */
export function wrong(message: string): CharitylogError {
  return new CharitylogError('config', message);
}
