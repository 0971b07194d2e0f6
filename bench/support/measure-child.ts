/** Runs one measure in this process and hands its result to the parent. Started by `run.ts`, once for each Node. */
import type { Measure } from '../measures/measure.ts';
import { measures } from '../measures/measures.ts';

const [, , name = '', folder] = process.argv;
const measure = (measures as Readonly<Record<string, Measure<unknown>>>)[name];
const result = await measure?.measure(folder);
process.send?.({ result }, () => process.exit(0));
