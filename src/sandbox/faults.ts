import { STATUS_CODES } from 'node:http';
import { type Answer, json, jsonText } from './respond.ts';

/** Which requests a fault concerns. */
export interface FaultScope {
  /** As in `POST`. Omitted: any method. */
  method?: string;
  /** Part of the URL as received. Omitted: any URL. */
  path?: string;
  /** How many requests it meets before it goes away. Omitted: until it is taken away. */
  times?: number;
  /** How many matching requests pass unharmed before the first one that it meets. */
  skip?: number;
}

/** Something that goes wrong with an answer. Only `slow`, `stall`, `cut` and `after-handling` let the request take effect. */
export type Fault = FaultScope &
  (
    | { kind: 'status'; status: number; retryAfter?: string; body?: 'json' | 'html' | 'empty'; message?: string }
    /** Status 200, and a body that says otherwise. */
    | { kind: 'success-false'; message?: string }
    | { kind: 'error-200'; message?: string }
    /** Handled after so many milliseconds, whether the client waits or not. */
    | { kind: 'slow'; ms: number }
    /** Never handled; the connection is held open. */
    | { kind: 'hang' }
    /** Half of the answer, then silence. */
    | { kind: 'stall' }
    /** Half of the answer, then the connection ends. */
    | { kind: 'cut' }
    /** The connection is reset: before the request's body was read, before the request takes effect, or after it did. */
    | { kind: 'reset'; stage: 'before-body' | 'before-handling' | 'after-handling' }
    /** Status 200 and something that isn't JSON: an HTML login page unless given. */
    | { kind: 'garbage'; body?: string }
    /** Status 200 and exactly this value. */
    | { kind: 'json'; value: unknown }
    | { kind: 'redirect'; location: string }
    /** So many bytes of valid JSON about people that doesn't come to its end. */
    | { kind: 'huge'; bytes: number }
  );

/** What becomes of one request. */
export interface Plan {
  /** Milliseconds to wait once the request's body was read. */
  readonly delayMs: number;
  /** Whether the body is read. If not, the connection is reset at once. */
  readonly reads: boolean;
  /** Whether the request takes effect. */
  readonly handles: boolean;
  /** Sent instead of the answer that handling the request would give. */
  readonly answer?: Answer;
  /** How much of the answer leaves. */
  readonly sends: 'all' | 'half, then silence' | 'half, then end' | 'silence' | 'reset';
}

const noFault: Plan = { delayMs: 0, reads: true, handles: true, sends: 'all' };

/** The faults of one sandbox. */
export interface Faults {
  /** Adds a fault; the function returned takes it away. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The plan for a request that arrives: `slow` faults add up, and the first other one that concerns it decides. */
  plan(method: string, url: string): Plan;
}

/** Starts without any fault. */
export function createFaults(): Faults {
  let active: Fault[] = [];

  function add(fault: Fault): () => void {
    const own = { ...fault };
    active.push(own);
    return () => remove(own);
  }

  function remove(fault: Fault): void {
    active = active.filter(other => other !== fault);
  }

  function isMet(fault: Fault, method: string, url: string): boolean {
    if ((fault.method ?? method) !== method || !url.includes(fault.path ?? '')) return false;
    if (fault.skip) {
      fault.skip -= 1;
      return false;
    }
    if (fault.times !== undefined) fault.times -= 1;
    if (fault.times !== undefined && fault.times <= 0) remove(fault);
    return true;
  }

  function plan(method: string, url: string): Plan {
    let delayMs = 0;
    for (const fault of active) {
      if (!isMet(fault, method, url)) continue;
      if (fault.kind !== 'slow') return { ...planOf(fault), delayMs };
      delayMs += fault.ms;
    }
    return { ...noFault, delayMs };
  }

  function clear(): void {
    active = [];
  }

  return { add, clear, plan };
}

function planOf(fault: Exclude<Fault, { kind: 'slow' }>): Plan {
  switch (fault.kind) {
    case 'hang':
      return { ...noFault, handles: false, sends: 'silence' };
    case 'stall':
      return { ...noFault, sends: 'half, then silence' };
    case 'cut':
      return { ...noFault, sends: 'half, then end' };
    case 'reset':
      return {
        ...noFault,
        reads: fault.stage !== 'before-body',
        handles: fault.stage === 'after-handling',
        sends: 'reset',
      };
    default:
      return { ...noFault, handles: false, answer: answerOf(fault) };
  }
}

type AnsweredFault = Exclude<Fault, { kind: 'slow' | 'hang' | 'stall' | 'cut' | 'reset' }>;

function answerOf(fault: AnsweredFault): Answer {
  switch (fault.kind) {
    case 'status':
      return answerStatus(fault);
    case 'success-false':
      return json(200, { success: false, message: fault.message ?? 'The request could not be completed' });
    case 'error-200':
      return json(200, { error: fault.message ?? 'The request could not be completed' });
    case 'garbage':
      return { status: 200, headers: html, body: fault.body ?? loginPage };
    case 'json':
      return json(200, fault.value);
    case 'redirect':
      return { status: 302, headers: { location: fault.location }, body: '' };
    case 'huge':
      return jsonText(200, endlessPeople(fault.bytes));
  }
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const loginPage =
  '<!DOCTYPE html><html><head><title>Log in</title></head><body><form method="post"></form></body></html>';

function answerStatus({ status, retryAfter, body = 'json', message }: Extract<Fault, { kind: 'status' }>): Answer {
  const text = message ?? STATUS_CODES[status] ?? 'Error';
  const answers = {
    json: json(status, { error: text }),
    html: { status, headers: html, body: errorPage(status, text) },
    empty: { status, headers: {}, body: '' },
  };
  const { headers, ...answer } = answers[body];
  return { ...answer, headers: retryAfter === undefined ? headers : { ...headers, 'retry-after': retryAfter } };
}

/** What a PHP application shows when it fails; such pages give away paths of the server. */
function errorPage(status: number, text: string): string {
  return `<html><head><title>${status} ${text}</title></head><body><h1>${status} ${text}</h1>
<b>Fatal error</b>: Uncaught PDOException in /var/www/html/api/v2/Clients.php on line 214</body><hr>nginx</html>`;
}

/** Ends after exactly so many bytes, somewhere inside the list. */
function* endlessPeople(bytes: number): Generator<string> {
  let left = bytes;
  let part = '[';
  for (let id = 1; left > 0; id += 1) {
    part += `{"id":${id},"first_name":"Alice","surname":"Smith"},`;
    if (part.length < 65_536 && part.length < left) continue;
    yield part.slice(0, left);
    left -= part.length;
    part = '';
  }
}
