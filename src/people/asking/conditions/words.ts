/** Words and signs that say more than a value: nothing, anything, a negation. */

const nothing =
  /^(?:none|nil|null|blank|empty|missing|n[/.]a\.?|unrecorded|unset|no value|not (?:applicable|available|entered|filled in|given|known|provided|recorded|registered|set|stated)|-+|[–—]+)$/i;

const anything =
  /^(?:\*+|%+|any|any ?(?:thing|one|body)|any value|(?:!=?|<>|~|-|not )\s*(?:null|blank|empty|none|missing))$/i;

/** A dash is a negation before a word alone: numbers and codes may begin with one. */
const signs = /^(?:!=?|<>|=\/=|≠|¬|~|[-‐‑–—−](?=\s*[\p{L}("]))\s*(?=\S)/u;

const words =
  /^(?:(?:is )?not (?:in |any of |one of )?|isn['’]?t |except(?:ing| for)? |exclud(?:e|es|ing) |other than |anything but |any(?:one|body) but |all (?:but|except) |everyone (?:but|except) |but not |without )(?=\S)/i;

/** Words that may also begin a name or a free text. */
const wordsOfChoices = /^(?:no |non[ -]|never )(?=\S)/i;

/** True for what stands for no value: `none`, `(not recorded)`, `n/a`, `-`. */
export function meansNothing(text: string): boolean {
  return nothing.test(bare(text));
}

/** True for what stands for no value, or for an option that says so: `none`, `n/a`. */
export function mayBeOptionOfNothing(text: string): boolean {
  return /^(?:none|nil|n[/.]a\.?|not applicable)$/i.test(bare(text));
}

/** True for `no` and `yes`, which a text field takes for a part of a text. */
export function yesOrNo(text: string): 'yes' | 'no' | undefined {
  const word = bare(text).toLowerCase();
  return /^(?:y|yes|true)$/.test(word) ? 'yes' : /^(?:n|no|false)$/.test(word) ? 'no' : undefined;
}

/** True for what stands for any value: `*`, `not blank`. */
export function meansAnything(text: string): boolean {
  return anything.test(bare(text));
}

/** True where a text is denied by a word that may as well begin an option's name: `no garden`, `non-white`. */
export function isDeniedByName(text: string): boolean {
  return !signs.test(text) && !words.test(text) && wordsOfChoices.test(text);
}

/** What is left of a text behind a sign or a word of negation; `undefined` where there is none. */
export function denied(text: string, { isChoice = false } = {}): string | undefined {
  for (const form of [signs, words, ...(isChoice ? [wordsOfChoices] : [])]) {
    if (form.test(text)) return text.replace(form, '').trim();
  }
  return undefined;
}

/** True where a text begins with a sign of negation: none is passed over as punctuation. */
export function hasNegativeSign(text: string): boolean {
  return signs.test(text);
}

/** A text with `*` or `%` for other letters: `Smi*` begins so, `%khan%` has it in it. */
export function readWildcard(
  text: string,
): { readonly form: 'starts with' | 'contains' | 'ends with'; readonly text: string } | undefined {
  const [, before, inner = '', after] = /^([*%]*)([^*%]+)([*%]*)$/.exec(text) ?? [];
  if (!/\p{L}/u.test(inner) || (!before && !after)) return undefined;
  return { form: before ? (after ? 'contains' : 'ends with') : 'starts with', text: inner.trim() };
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^[([<{](.*)[)\]>}]$/, '$1')
    .trim();
}
