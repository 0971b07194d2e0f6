import { callers } from './callers.ts';
import { doubles } from './doubles.ts';
import { httpThroughput } from './http-throughput.ts';
import { large } from './large.ts';
import { latency } from './latency.ts';
import type { Measure } from './measure.ts';
import { officeDayRequests } from './office-day.ts';
import { officeHour } from './office-hour.ts';
import { resultTokens } from './result-tokens.ts';
import { startup } from './startup.ts';
import { throughput } from './throughput.ts';

/** All that is measured, by the name under which it can be run alone, in the order of the report. */
export const measures = {
  startup,
  latency,
  throughput,
  http: httpThroughput,
  callers,
  tokens: resultTokens,
  large,
  doubles,
  'office-day': officeDayRequests,
  'office-hour': officeHour,
} as const satisfies Record<string, Measure<unknown>>;

export type MeasureName = keyof typeof measures;
