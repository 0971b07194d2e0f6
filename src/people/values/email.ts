import { checkOrLeaveOut, type ValueKind } from './value-kind.ts';

/** Words with dots between them, `@`, and a domain with a dot; letters may have accents. */
const form = /^[^\s@.<>(),;:"\\[\]]+(\.[^\s@.<>(),;:"\\[\]]+)*@([\p{L}\d-]+\.)+\p{L}{2,}$/u;

/** An e-mail address: every sign counts, case doesn't. */
export const email: ValueKind = {
  normal: text => text.trim().toLowerCase(),
  spellings: text => [text.toLowerCase()],
  problem: text => (form.test(text) ? undefined : `is not one e-mail address like jo@example.org; ${checkOrLeaveOut}`),
};
