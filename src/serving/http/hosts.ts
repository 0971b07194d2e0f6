/** Names by which the service may be called, as URLs spell host names: in lower case, IPv6 addresses in brackets. */
export type AllowedHosts = readonly string[];

/** Whether a `Host` header, or the authority of an address, names one of the hosts. A port makes no difference. */
export function isAllowedHost(authority: string | undefined, hosts: AllowedHosts): boolean {
  const host = hostOf(authority ?? '');
  return host !== undefined && hosts.includes(host);
}

/** Whether an `Origin` header names one of the hosts, with any scheme: apps have schemes of their own. */
export function isAllowedOrigin(origin: string, hosts: AllowedHosts): boolean {
  const [, authority] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]+)$/i.exec(origin) ?? [];
  return authority !== undefined && isAllowedHost(authority, hosts);
}

/**
 * The host of an authority as it is compared (RFC 9110, 4.2.3): in lower case, without a port and the final dot of a full
 * name, an IPv6 address in its shortest spelling. Other spellings that browsers mend, such as `127.1`, are none.
 */
function hostOf(authority: string): string | undefined {
  const [, name, port = ''] =
    /^(\[[\da-f:.]+\]|[a-z\d_](?:[a-z\d._-]*[a-z\d_])?)\.?(?::(\d{0,5}))?$/i.exec(authority) ?? [];
  if (name === undefined || Number(port) > 65_535) return undefined;
  const host = name.toLowerCase();
  if (!host.startsWith('[')) return host;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}
