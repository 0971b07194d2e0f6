import type { IncomingMessage } from 'node:http';
import type { Hold } from '../../base/budget.ts';

/** How much is read of a body that is too large, as a multiple of what is taken: its sender then sees the answer. */
const readOn = 8;

/** What there is instead of a body. */
type NoBody = 'too large' | 'no room' | 'cut off';

/**
 * Reads the body of a request, weighing what has arrived: a body that trickles in takes no more than that. Read by events:
 * an iterator over its parts takes twice as long.
 *
 * @param hold holds its bytes from then on
 * @returns `too large` for one of more than `maxBytes` bytes; `no room` where it doesn't fit beside others, at once; `cut off`
 *   where the connection ends before the body does
 */
export function readBody(request: IncomingMessage, maxBytes: number, hold: Hold): Promise<Buffer | NoBody> {
  // A request that has ended by now tells of no end any more.
  if (request.destroyed) return Promise.resolve('cut off');
  if (Number(request.headers['content-length']) > readOn * maxBytes) return Promise.resolve('too large');
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise(resolve => {
    // What listens would keep the parts for as long as there is the request.
    const leave = (body: Buffer | NoBody) => {
      request.off('data', take).off('end', end).off('close', close);
      resolve(body);
    };
    const stop = (why: NoBody) => {
      request.pause();
      leave(why);
    };
    const take = (part: Buffer) => {
      size += part.length;
      if (size > readOn * maxBytes) stop('too large');
      else if (size <= maxBytes && hold.resize(size)) parts.push(part);
      else if (size <= maxBytes) stop('no room');
    };
    const end = () => leave(size > maxBytes ? 'too large' : Buffer.concat(parts));
    const close = () => leave('cut off');
    request.on('data', take).on('end', end).on('close', close);
  });
}
