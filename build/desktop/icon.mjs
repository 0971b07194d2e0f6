import { crc32, deflateSync } from 'node:zlib';

/** Points a pixel is looked at, each way: edges become smooth. */
const samples = 4;

const paper = [255, 255, 255];
const teal = [15, 118, 110];

/** The shapes, from the lowest to the topmost, on a square whose sides are 1: a card with a person in a speech bubble. */
const shapes = [
  [teal, isInBox(0.03, 0.03, 0.97, 0.97, 0.2)],
  [paper, isInBox(0.16, 0.18, 0.84, 0.7, 0.12)],
  [paper, (x, y) => y > 0.68 && y < 0.86 && x > 0.3 && x < 0.3 + (0.86 - y)],
  [teal, (x, y) => Math.hypot(x - 0.5, y - 0.34) < 0.085],
  [teal, (x, y) => y < 0.62 && Math.hypot((x - 0.5) / 0.17, (y - 0.62) / 0.16) < 1],
];

/** The program's icon as a PNG file, this many pixels wide and high. */
export function icon(size) {
  const row = size * 4 + 1;
  const pixels = Buffer.alloc(row * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) pixels.set(colourAt(x, y, size), y * row + 1 + x * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND'),
  ]);
}

/** Red, green, blue and how much of them covers the pixel, each from 0 to 255. */
function colourAt(column, row, size) {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let i = 0; i < samples ** 2; i++) {
    const x = (column + ((i % samples) + 0.5) / samples) / size;
    const y = (row + (Math.floor(i / samples) + 0.5) / samples) / size;
    const colour = shapes.findLast(([, isIn]) => isIn(x, y))?.[0];
    if (!colour) continue;
    covered++;
    for (const part of [0, 1, 2]) sum[part] += colour[part];
  }
  return [...sum.map(value => (covered ? value / covered : 0)), (255 * covered) / samples ** 2];
}

function isInBox(left, top, right, bottom, radius) {
  const beyond = (value, low, high) => Math.max(low + radius - value, value - high + radius, 0);
  return (x, y) => Math.hypot(beyond(x, left, right), beyond(y, top, bottom)) < radius;
}

/** A part of a PNG file: its length, its name, its content and their check sum. */
function chunk(name, content = Buffer.alloc(0)) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const part = Buffer.alloc(named.length + 8);
  part.writeUInt32BE(content.length, 0);
  part.set(named, 4);
  part.writeUInt32BE(crc32(named), named.length + 4);
  return part;
}
