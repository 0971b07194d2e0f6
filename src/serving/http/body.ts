import type { IncomingMessage } from 'node:http';
import type { Hold } from '../../base/budget.ts';

/** How much is read of a body that is too large, as a multiple of what is taken: its sender then sees the answer. */
const readOn = 8;

/**
 * Reads the body of a request, weighing what has arrived: a body that trickles in takes no more than that.
 *
 * @param hold holds its bytes from then on
 * @returns `too large` for one of more than `maxBytes` bytes; `no room` where it doesn't fit beside others, at once
 * @throws where the connection ends before the body does
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  hold: Hold,
): Promise<Buffer | 'too large' | 'no room'> {
  if (Number(request.headers['content-length']) > readOn * maxBytes) return 'too large';
  const parts: Buffer[] = [];
  let size = 0;
  // Ending the loop early must not end the connection.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    size += (part as Buffer).length;
    if (size > readOn * maxBytes) return 'too large';
    if (size > maxBytes) continue;
    if (!hold.resize(size)) return 'no room';
    parts.push(part as Buffer);
  }
  return size > maxBytes ? 'too large' : Buffer.concat(parts);
}
