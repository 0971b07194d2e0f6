import { randomBytes } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Encoding, Unpacker } from '../../../src/charitylog/http/unpacker.ts';

/** The parts that come out, or the rejection; `data` may take each part first. */
function unpack(encoding: Encoding, packed: Buffer, data = (_part: Uint8Array) => {}): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    const unpacker = new Unpacker(encoding, {
      data: part => {
        data(part);
        parts.push(part);
      },
      drain: () => undefined,
      end: () => resolve(parts),
      error: reject,
    });
    for (let at = 0; at < packed.length; at += 1000) unpacker.write(packed.subarray(at, at + 1000));
    unpacker.end();
  });
}

const pack = { gzip: gzipSync, br: brotliCompressSync };

describe.each(['gzip', 'br'] as const)('an answer packed by %s', encoding => {
  test.each([
    ['short', Buffer.from('[{"id":1}]'), false],
    ['long', randomBytes(300_000), true],
    ['short and large once unpacked', Buffer.alloc(5_000_000, 'a'), true],
  ])('that is %s is unpacked whole', async (_, answer, isInParts) => {
    const parts = await unpack(encoding, pack[encoding](answer));
    expect(Buffer.concat(parts).equals(answer)).toBe(true);
    expect(parts.length > 1).toBe(isInParts);
  });

  test('that is empty holds nothing', async () => {
    expect(await unpack(encoding, Buffer.alloc(0))).toEqual([]);
  });

  test.each([20, 200_000])('that is cut or damaged is an error (%i bytes)', async bytes => {
    const packed = pack[encoding](randomBytes(bytes));
    await expect(unpack(encoding, packed.subarray(0, packed.length - 5))).rejects.toMatchObject({ errno: -5 });
    await expect(unpack(encoding, Buffer.alloc(bytes, 0xff))).rejects.toBeInstanceOf(Error);
  });

  test.each([20, 200_000])('of which a part is refused ends with the refusal (%i bytes)', async bytes => {
    const refuse = () => {
      throw new Error('too much');
    };
    await expect(unpack(encoding, pack[encoding](randomBytes(bytes)), refuse)).rejects.toThrow('too much');
  });
});
