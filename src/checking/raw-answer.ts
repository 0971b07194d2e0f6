import { CharitylogError } from '../base/errors.ts';
import { tryParseJson } from '../base/json.ts';
import { type ConnectionSettings, Connections } from '../charitylog/http/connections.ts';
import type { ApiPath } from '../charitylog/path.ts';

/** What is read of a raw answer, in bytes. */
const mostBytes = 8 * 1_048_576;

/** An answer as it came, before anything is made of it. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Decompressed. */
  readonly bytes: Uint8Array;
  /** As UTF-8, whatever charset it is in. */
  readonly text: string;
  /** `undefined` where it isn't JSON. */
  readonly json: unknown;
}

/** Reads answers as they come, for the check to hold against what the program makes of them. */
export interface RawReader {
  /** Reads one path, once; an answer that is longer than 8 MiB fails. */
  read(path: ApiPath, signal: AbortSignal): Promise<RawAnswer>;
  close(): Promise<void>;
}

export async function openRawReader(settings: ConnectionSettings): Promise<RawReader> {
  const connections = await Connections.open(settings);
  return { read: (path, signal) => readRaw(path, connections, signal), close: () => connections.close() };
}

async function readRaw(path: ApiPath, connections: Connections, signal: AbortSignal): Promise<RawAnswer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const sink = {
    write(chunk: Uint8Array) {
      length += chunk.length;
      if (length > mostBytes) throw unread('an answer too long to be looked at');
      chunks.push(chunk);
    },
    end: () => '',
  };
  const { status, contentType } = await connections
    .send({ method: 'GET', path, signal }, () => sink)
    .catch((cause: unknown) => {
      signal.throwIfAborted();
      throw cause instanceof CharitylogError ? cause : unread('no answer', cause);
    });
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString('utf8');
  return { status, contentType, bytes, text, json: tryParseJson(text.replace(/^\uFEFF/, '')) };
}

function unread(logText: string, cause?: unknown): CharitylogError {
  return new CharitylogError('unreadable', `Charitylog's answer cannot be looked at: ${logText}.`, { logText, cause });
}
