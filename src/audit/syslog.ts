/** Audit lines to a collector by syslog (RFC 5424). Import it dynamically: most programs have no collector. */
import { createSocket } from 'node:dgram';
import { isIP, connect as openTcp, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as openTls } from 'node:tls';
import { steadyNow } from '../base/clock.ts';
import { settled, within } from '../base/deadlines.ts';
import { CharitylogError } from '../base/errors.ts';
import { type AuditSink, auditFault, longestWriteMs } from './audit-sink.ts';

/** How long nothing is sent to a collector that failed, in milliseconds: each line would keep its call waiting. */
const awayForMs = 5000;

/** Facility 13 (log audit), severity 6 (informational). */
const priority = 13 * 8 + 6;

/**
 * A collector of audit lines.
 *
 * @param address `tls://`, `tcp://` or `udp://`, with a host and a port
 * @param ca certificates that are trusted besides, in PEM
 */
export function openSyslog(address: string, ca?: string[]): AuditSink {
  const url = new URL(address);
  const [host, port] = [url.hostname.replace(/[[\]]/g, ''), Number(url.port)];
  if (url.protocol === 'udp:') return new Syslog(datagramsTo(host, port));
  const name = isIP(host) === 0 && { servername: host };
  const isTls = url.protocol === 'tls:';
  const connect = () => (isTls ? openTls({ host, port, ...name, ...(ca && { ca }) }) : openTcp({ host, port }));
  return new Syslog(streamOver(connect, isTls ? 'secureConnect' : 'connect'));
}

/** A way to a collector. */
interface Way {
  /** Sends a message, and resolves when it has left. */
  send(message: string): Promise<void>;
  /** Resolves when lines can leave. */
  open(): Promise<unknown>;
  /** Ends what is under way. */
  end(): void;
}

class Syslog implements AuditSink {
  readonly #way: Way;
  readonly #underWay = new Set<Promise<unknown>>();
  #awayUntil = 0;

  constructor(way: Way) {
    this.#way = way;
  }

  async write(line: string): Promise<void> {
    if (steadyNow() < this.#awayUntil) throw fault('the collector failed a moment ago');
    await this.#inTime(this.#way.send(messageOf(line)));
  }

  async check(): Promise<void> {
    await this.#inTime(this.#way.open());
  }

  async settle(): Promise<void> {
    await settled(this.#underWay, longestWriteMs);
  }

  async #inTime(work: Promise<unknown>): Promise<void> {
    const done = work.catch(() => undefined).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
    try {
      const late = () => fault(`the collector did not answer within ${longestWriteMs / 1000} s`);
      await within(longestWriteMs, work, late);
    } catch (error) {
      this.#way.end();
      this.#awayUntil = steadyNow() + awayForMs;
      throw error instanceof CharitylogError ? error : fault(reasonOf(error));
    }
  }
}

/** One message a datagram (RFC 5426). */
function datagramsTo(host: string, port: number): Way {
  const send = (message: string) => {
    const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4').unref();
    return new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.send(message, port, host, error => {
        socket.close();
        if (error) reject(error);
        else resolve();
      });
    });
  };
  return { send, open: async () => {}, end() {} };
}

/**
 * Messages on a connection, each after its length (RFC 6587, 5425). It is opened at the first, and again when it ended.
 *
 * @param opened the event that tells that messages can leave
 */
function streamOver(connect: () => Socket, opened: 'connect' | 'secureConnect'): Way {
  let current: Socket | undefined;
  let opening: Promise<Socket> | undefined;
  const begin = () => {
    const socket = connect().unref();
    current = socket;
    return new Promise<Socket>((resolve, reject) => {
      socket.once(opened, () => resolve(socket));
      socket.on('error', reject);
      socket.on('close', () => {
        if (current === socket) opening = undefined;
        reject(new Error('closed'));
      });
      // Collectors say nothing: this only lets an end be noticed.
      socket.resume();
    });
  };
  const open = () => {
    opening ??= begin();
    return opening;
  };
  const send = async (message: string) => {
    const socket = await open();
    const framed = `${Buffer.byteLength(message)} ${message}`;
    await new Promise<void>((resolve, reject) => socket.write(framed, error => (error ? reject(error) : resolve())));
  };
  return { send, open, end: () => current?.destroy() };
}

/** A line as a message of RFC 5424, without structured data. */
function messageOf(line: string): string {
  const printable = hostname().replace(/[^\x21-\x7e]/g, '');
  const name = printable.slice(0, 255) || '-';
  return `<${priority}>1 ${new Date().toISOString()} ${name} charitylog-mcp ${process.pid} audit - ${line}`;
}

/** Why a connection failed, in a word that holds no address. */
function reasonOf(error: unknown): string {
  return `no connection to the collector (${(error as NodeJS.ErrnoException).code ?? 'it was closed'})`;
}

function fault(reason: string): CharitylogError {
  return auditFault('CHARITYLOG_AUDIT_SYSLOG', reason);
}
