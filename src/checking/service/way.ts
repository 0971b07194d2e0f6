/** The way to a service, before anything is asked of it: its name, a connection, its certificate. */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP, connect as openTcp } from 'node:net';
import { connect as openTls } from 'node:tls';
import { CharitylogError } from '../../base/errors.ts';

/** How long each part of the way may take, in milliseconds. */
const longestPartMs = 10_000;

/** A part of the way: its name, and what tells that it holds. It throws a CharitylogError that says what to do. */
export type Part = readonly [name: string, try_: () => Promise<string>];

/** The parts of the way to an address, in their order. */
export function wayTo(url: URL): readonly Part[] {
  const host = url.hostname.replace(/[[\]]/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return [
    ...(isIP(host) === 0 ? [['DNS', () => findAddress(host)] as const] : []),
    ['connection', () => connect(host, port)],
    ...(url.protocol === 'https:' ? [['TLS', () => shakeHands(host, port)] as const] : []),
  ];
}

async function findAddress(host: string): Promise<string> {
  const found = await lookup(host).catch(error => {
    throw broken(`no address is known for ${host} (${codeOf(error)}): is the name right, and is it in the public DNS?`);
  });
  return `${host} is ${found.address}`;
}

async function connect(host: string, port: number): Promise<string> {
  const socket = openTcp({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(longestPartMs) });
    return `port ${port} is open`;
  } catch (error) {
    throw broken(
      `no answer on port ${port} (${codeOf(error)}): does the service run, or what stands in front of it, and does the ` +
        'firewall let you through?',
    );
  } finally {
    socket.destroy();
  }
}

async function shakeHands(host: string, port: number): Promise<string> {
  const socket = openTls({ host, port, ...(isIP(host) === 0 && { servername: host }) });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(longestPartMs) });
    return `the certificate is good until ${socket.getPeerCertificate().valid_to}`;
  } catch (error) {
    const code = codeOf(error);
    throw broken(`${certificateProblems[code] ?? 'no connection by TLS could be made'} (${code}).`);
  } finally {
    socket.destroy();
  }
}

/** What usual failures mean, by their code. */
const certificateProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired: renew it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for other names: get one with this name',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'the certificate is signed by itself, and clients refuse that: get one of a public authority',
  SELF_SIGNED_CERT_IN_CHAIN:
    'the certificate is of an authority that clients do not know: get one of a public authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'a certificate between this one and its authority is missing: serve the whole chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the certificate is of an authority that clients do not know: get one of a public authority',
  ERR_SSL_WRONG_VERSION_NUMBER: 'this port does not speak TLS',
  EPROTO: 'this port does not speak TLS, or no version of it that clients speak',
  ECONNRESET: 'the connection was cut off: does this port speak TLS?',
};

function codeOf(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return name === 'AbortError' ? 'no answer in time' : (code ?? 'unknown');
}

function broken(message: string): CharitylogError {
  return new CharitylogError('unavailable', message);
}
