import { checkOrLeaveOut, masked, type ValueKind } from './value-kind.ts';

/** Words with dots between them, `@`, and a domain with a dot; letters may have accents. */
const form = /^[^\s@.<>(),;:"\\[\]]+(\.[^\s@.<>(),;:"\\[\]]+)*@([\p{L}\d-]+\.)+\p{L}{2,}$/u;

/** An e-mail address: every sign counts, case doesn't. */
export const email: ValueKind = {
  normal: addressIn,
  spellings: text => [addressIn(text)],
  isWhole: text => form.test(addressIn(text)),
  finds(asked) {
    const wanted = addressIn(asked);
    return stored => addressIn(stored).includes(wanted);
  },
  problem: text => (form.test(text) ? undefined : `is not one e-mail address like jo@example.org; ${checkOrLeaveOut}`),
  mask(text) {
    const address = addressIn(text);
    return form.test(address) ? `${address.slice(0, 1)}${masked}${address.slice(address.lastIndexOf('@'))}` : masked;
  },
};

/** The address of `Jo Tansley <jo@example.org>` and `mailto:jo@example.org`. */
function addressIn(text: string): string {
  const [, inBrackets = text] = /<([^<>]*)>\s*$/.exec(text) ?? [];
  return inBrackets
    .replace(/^\s*mailto:/i, '')
    .trim()
    .toLowerCase();
}
