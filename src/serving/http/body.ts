import type { IncomingMessage } from 'node:http';

/** How much is read of a body that is too large, as a multiple of what is taken: its sender then sees the answer. */
const readOn = 8;

/**
 * Reads the body of a request.
 *
 * @returns `undefined` for one of more than `maxBytes` bytes
 * @throws where the connection ends before the body does
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length']) > readOn * maxBytes) return undefined;
  const parts: Buffer[] = [];
  let size = 0;
  // Ending the loop early must not end the connection.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    size += (part as Buffer).length;
    if (size > readOn * maxBytes) return undefined;
    if (size <= maxBytes) parts.push(part as Buffer);
  }
  return size > maxBytes ? undefined : Buffer.concat(parts);
}
