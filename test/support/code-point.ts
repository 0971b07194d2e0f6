import fc from 'fast-check';

const firstHalf = 0xd800;
const halves = 0x800;

/**
 * Any character but half of a pair, as the unit of `fc.string`. fast-check's own unit `binary` lists all of them in a map
 * first, which takes each worker a second and a hundred megabytes.
 */
export const codePoint = fc
  .integer({ min: 0, max: 0x10ffff - halves })
  .map(index => String.fromCodePoint(index < firstHalf ? index : index + halves));
