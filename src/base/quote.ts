import { bounds } from './bounds.ts';

/** Somebody's own words for a message, in quotes, and cut short. */
export function quote(raw: unknown): string {
  // A text is cut before it is written as JSON, which takes as long as the text is.
  const text =
    typeof raw === 'string' ? JSON.stringify(raw.slice(0, bounds.quoted + 1)) : (JSON.stringify(raw) ?? String(raw));
  return text.length > bounds.quoted ? `${text.slice(0, bounds.quoted - 1).toWellFormed()}…` : text;
}
