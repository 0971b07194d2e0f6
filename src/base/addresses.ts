/** What addresses and values of headers may be, wherever they come from. */

/** True for an https address, or an http one on loopback, that is nothing but host, port and path. */
export function isSafeAddress(value: string): boolean {
  const url = addressOf(value);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
}

/** True for `localhost`, `127.x.x.x` and `[::1]`. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

/** The address, where it is nothing but scheme, host, port and path. */
export function addressOf(value: string): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url && !url.username && !url.password && !/[?#]/.test(value) ? url : undefined;
}

/** True for one line of printable ASCII characters without spaces, as HTTP headers take it. */
export function isHeaderValue(value: string, longest = 1000): boolean {
  return /^[\x21-\x7e]+$/.test(value) && value.length <= longest;
}
