/** A kind of value that is written in several ways: what two of them have in common, and what is wrong with one. */
export interface ValueKind {
  /** The form in which values are compared: equal for two that mean the same, blank for what is no such value. */
  normal(text: string): string;
  /** The spellings in which records usually hold it; the text's own may be among them. */
  spellings(text: string): readonly string[];
  /** True for a text that may be a whole value; false for what can only be a part of one, such as `QM2` of a postcode. */
  isWhole(text: string): boolean;
  /** The test whether a stored text is the value that is asked for, or has the part of it that people ask by. */
  finds(asked: string): (stored: string) => boolean;
  /** What is doubtful in a value that is to be stored now and what to do, as the end of a sentence; nothing of a right one. */
  problem(text: string, now: Date): string | undefined | Promise<string | undefined>;
  /** The part of a value that is shown of a field whose values are masked. */
  mask(text: string): string;
}

/** Stands for what isn't shown of a value. */
export const masked = '***';

/** The last four digits of a number that has twice as many; no more of any other. */
export function maskNumber(text: string): string {
  const digits = digitsOf(text);
  return digits.length >= 8 ? `${masked} ${masked} ${digits.slice(-4)}` : masked;
}

/** The digits of a text. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** How the sentence ends for a value that may be a slip. */
export const checkOrLeaveOut = 'check it with the person, or leave it out';

/** The text and its other spelling with spaces between these groups; nothing where it has no such groups. */
export function withAndWithoutSpaces(compact: string, groups: RegExp): readonly string[] {
  const parts = groups.exec(compact)?.slice(1);
  return parts ? [compact, parts.join(' ')] : [];
}
