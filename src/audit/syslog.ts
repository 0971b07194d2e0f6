/** Audit lines to a collector by syslog (RFC 5424). Import it dynamically: most programs have no collector. */
import { createSocket } from 'node:dgram';
import { isIP, connect as openTcp, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as openTls } from 'node:tls';
import { steadyNow } from '../base/clock.ts';
import { settled } from '../base/deadlines.ts';
import { CharitylogError } from '../base/errors.ts';
import { type AuditSink, auditFault, bounded, longestWriteMs } from './audit-sink.ts';

/** How long nothing is sent to a collector that failed, in milliseconds: each line would keep its call waiting. */
const awayForMs = 5000;

/** Facility 13 (log audit), severity 6 (informational). */
const priority = 13 * 8 + 6;

/** Sends a message, and resolves when it has left. */
type Send = (message: string) => Promise<void>;

/**
 * A collector of audit lines.
 *
 * @param address `tls://`, `tcp://` or `udp://`, with a host and a port
 * @param ca certificates that are trusted besides, in PEM
 */
export function openSyslog(address: string, ca?: string[]): AuditSink {
  const { protocol, hostname: host, port } = new URL(address);
  const target = { host: host.replace(/[[\]]/g, ''), port: Number(port) };
  return new Syslog(
    protocol === 'udp:' ? new Datagrams(target) : new Stream(target, protocol === 'tls:' ? { ca } : undefined),
  );
}

interface Target {
  readonly host: string;
  readonly port: number;
}

/** How the collector's certificate is checked. */
interface Tls {
  readonly ca: string[] | undefined;
}

/** A way to a collector. */
interface Way {
  readonly send: Send;
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
      await bounded(work, () => fault(`the collector did not answer within ${longestWriteMs / 1000} s`));
    } catch (error) {
      this.#way.end();
      this.#awayUntil = steadyNow() + awayForMs;
      throw error instanceof CharitylogError ? error : fault(reasonOf(error));
    }
  }
}

/** One message a datagram (RFC 5426). */
class Datagrams implements Way {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  async open(): Promise<void> {}

  readonly send: Send = message => {
    const { host, port } = this.#target;
    const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4').unref();
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.send(message, port, host, error => {
        socket.close();
        if (error) reject(error);
        else resolve();
      });
    });
  };

  end(): void {}
}

/** Messages on a connection, each after its length (RFC 6587, 5425). It is opened at the first, and again when it ended. */
class Stream implements Way {
  readonly #target: Target;
  readonly #tls: Tls | undefined;
  #socket: Socket | undefined;
  #opened: Promise<Socket> | undefined;

  constructor(target: Target, tls: Tls | undefined) {
    this.#target = target;
    this.#tls = tls;
  }

  open(): Promise<Socket> {
    this.#opened ??= this.#connect();
    return this.#opened;
  }

  readonly send: Send = async message => {
    const socket = await this.open();
    const framed = `${Buffer.byteLength(message)} ${message}`;
    await new Promise<void>((resolve, reject) => socket.write(framed, error => (error ? reject(error) : resolve())));
  };

  end(): void {
    this.#socket?.destroy();
  }

  #connect(): Promise<Socket> {
    const { host, port } = this.#target;
    const { ca } = this.#tls ?? {};
    const name = isIP(host) === 0 && { servername: host };
    const socket = this.#tls ? openTls({ host, port, ...name, ...(ca && { ca }) }) : openTcp({ host, port });
    this.#socket = socket.unref();
    return new Promise((resolve, reject) => {
      socket.once(this.#tls ? 'secureConnect' : 'connect', () => resolve(socket));
      socket.on('error', reject);
      socket.on('close', () => {
        if (this.#socket === socket) this.#opened = undefined;
        reject(new Error('closed'));
      });
      // Collectors say nothing: this only lets an end be noticed.
      socket.resume();
    });
  }
}

/** A line as a message of RFC 5424, without structured data. */
function messageOf(line: string): string {
  const name =
    hostname()
      .replace(/[^\x21-\x7e]/g, '')
      .slice(0, 255) || '-';
  return `<${priority}>1 ${new Date().toISOString()} ${name} charitylog-mcp ${process.pid} audit - ${line}`;
}

/** Why a connection failed, in a word that holds no address. */
function reasonOf(error: unknown): string {
  return `no connection to the collector (${(error as NodeJS.ErrnoException).code ?? 'it was closed'})`;
}

function fault(reason: string): CharitylogError {
  return auditFault('CHARITYLOG_AUDIT_SYSLOG', reason);
}
