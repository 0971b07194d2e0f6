/** The way out: TLS and proxies. Loads undici. */
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { CharitylogError } from '../../base/errors.ts';
import { isLoopback } from '../../settings/setting.ts';

/**
 * Connections to one server: direct on loopback, else through the proxy that `HTTPS_PROXY` and `NO_PROXY` name.
 *
 * @param url any address of the server
 * @param options `timeoutMs` is how long connecting may take; `connections` how many there may be at once
 * @throws CharitylogError `config` where the CA file can't be used
 */
export async function openDispatcher(
  url: string,
  { caFile, timeoutMs, connections }: { caFile: string | undefined; timeoutMs: number; connections: number },
): Promise<Dispatcher> {
  const ca = await readCertificates(caFile);
  const tls = { timeout: timeoutMs, ...(ca && { ca }) };
  return isLoopback(new URL(url))
    ? new Agent({ connections, connect: tls })
    : new EnvHttpProxyAgent({ connections, connect: tls, requestTls: tls, proxyTls: tls });
}

async function readCertificates(file: string | undefined): Promise<string[] | undefined> {
  if (file === undefined) return undefined;
  const [{ readFile }, { rootCertificates }] = await Promise.all([import('node:fs/promises'), import('node:tls')]);
  const pem = await readFile(file, 'utf8').catch(cause => {
    throw new CharitylogError('config', 'CHARITYLOG_CA_FILE cannot be read: it must be a readable PEM file.', {
      cause,
    });
  });
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return [...rootCertificates, pem];
  throw new CharitylogError('config', 'CHARITYLOG_CA_FILE holds no certificate: it must be a PEM file.');
}
