import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Memory of a process, in MiB. */
export interface Memory {
  readonly resident: number;
  /** The most that was ever resident. */
  readonly peak: number;
}

const kibPerMib = 1024;

/** The memory of a process as Linux tells it; not a number on other systems. */
export function memoryOf(pid: number): Memory {
  const file = `/proc/${pid}/status`;
  const status = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / kibPerMib;
  return { resident: read('VmRSS'), peak: read('VmHWM') };
}

/** Lets the peak begin anew from what is resident now, on Linux. */
export function resetPeak(pid: number): void {
  const file = `/proc/${pid}/clear_refs`;
  if (existsSync(file)) writeFileSync(file, '5');
}
