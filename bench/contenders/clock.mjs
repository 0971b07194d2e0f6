// Preloaded into a server (`node --import`): its clock runs ahead by the milliseconds that a file says.
import { readFileSync } from 'node:fs';

const now = Date.now;
Date.now = () => now() + Number(readFileSync(process.env.BENCH_CLOCK_FILE, 'utf8'));
