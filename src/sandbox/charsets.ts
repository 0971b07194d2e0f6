import type { Answer } from './respond.ts';
import type { Switches } from './switches.ts';

/** The characters that windows-1252 has for the bytes 0x80 to 0x9f, and those bytes. */
const windowsBytes = new Map(
  Array.from({ length: 32 }, (_, index) => {
    const byte = 0x80 + index;
    return [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), String.fromCharCode(byte)];
  }),
);

/** An answer of JSON in the system's charset; characters that it lacks are escaped, as JSON may. */
export function inCharset(charset: Switches['charset'], answer: Answer): Answer {
  if (charset === 'utf-8' || !answer.headers['content-type']?.startsWith('application/json')) return answer;
  const { body } = answer;
  const said = { ascii: '; charset=utf-8', undeclared: '' }[charset as string] ?? `; charset=${charset}`;
  return {
    ...answer,
    headers: { ...answer.headers, 'content-type': `application/json${said}` },
    encoding: 'latin1',
    body: typeof body === 'string' ? toBytes(charset, body) : eachInBytes(charset, body),
  };
}

function* eachInBytes(charset: Switches['charset'], parts: Iterable<string>): Generator<string> {
  for (const part of parts) yield toBytes(charset, part);
}

/** Each character stands for its byte. */
function toBytes(charset: Switches['charset'], text: string): string {
  return text.replace(/[\u0080-\uffff]/g, unit => byteOf(charset, unit) ?? escapeUnit(unit));
}

function byteOf(charset: Switches['charset'], unit: string): string | undefined {
  if (charset === 'ascii') return undefined;
  if (unit >= '\u00a0' && unit <= '\u00ff') return unit;
  return charset === 'iso-8859-1' ? undefined : windowsBytes.get(unit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
