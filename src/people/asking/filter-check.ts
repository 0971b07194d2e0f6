/** Whether the people who come back have what a filter asks for: the API may not apply it, or only in part. */
import { bounds } from '../../base/bounds.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { isConsent } from '../../catalogue/meaning.ts';
import { preparedOptions } from '../../catalogue/prepared-options.ts';
import type { Option, Person } from '../../charitylog/api.ts';
import { decodeTypes, decodeYesNo } from '../../charitylog/values.ts';
import { kindOf } from '../values/kinds.ts';
import type { Filter } from './filters.ts';
import { hasValue } from './show-person.ts';

/** What a person's value says; `absent` where the field didn't come, `unclear` where the value can't be read. */
type Verdict = 'has' | 'lacks' | 'blank' | 'absent' | 'unclear';

/** The values of a filter that a person has; `unclear` where that can't be told, `other` for what no yes/no field holds. */
type Match = readonly string[] | 'unclear' | 'other';

/** How people without a value are taken, once all have been read. */
export interface BlankRule {
  readonly blankMeansNo: boolean;
}

/** Counts what people's values say of one filter, and leaves out who doesn't have what it asks for. */
export class FilterCheck {
  readonly filter: Filter;
  readonly #options: readonly Option[] | undefined;
  readonly #match: (value: unknown) => Match;
  readonly #mayAskForNo: boolean;
  /** Somebody has what is neither yes nor no: who has nothing has no "no" either. */
  #holdsOther = false;
  readonly #counts: Record<Verdict, number> = { has: 0, lacks: 0, blank: 0, absent: 0, unclear: 0 };
  readonly #seen = new Set<string>();
  #rule: BlankRule | undefined;

  /**
   * @param options the field's options, where it has any
   * @param readYesNo how this system's records say yes and no
   */
  constructor(filter: Filter, options: readonly Option[] | undefined, readYesNo = decodeYesNo) {
    this.filter = filter;
    this.#options = options;
    this.#match = matcherOf(filter, options, readYesNo);
    this.#mayAskForNo = isYesNo(filter) && filter.values.every(value => decodeYesNo(value) === false);
  }

  get #asksForNo(): boolean {
    return this.#mayAskForNo && !this.#holdsOther;
  }

  /** Begins anew, with what is known by now of people without a value. */
  restart(rule: BlankRule | undefined = this.#rule): void {
    this.#rule = rule;
    this.#seen.clear();
    Object.assign(this.#counts, { has: 0, lacks: 0, blank: 0, absent: 0, unclear: 0 });
  }

  /** False for a person who doesn't have what the filter asks for. */
  keeps(person: Person): boolean {
    const verdict = this.#verdictOn(this.filter.field.name === 'id' ? person.id : person[this.filter.field.name]);
    this.#counts[verdict]++;
    if (verdict === 'has') return true;
    // What is neither yes nor no is none of them: a consent must not be guessed.
    if (verdict === 'unclear') return this.filter.field.kind !== 'yes_no';
    if (verdict === 'lacks') return false;
    if (this.#rule) return this.#asksForNo && this.#rule.blankMeansNo;
    return verdict === 'absent' || this.#asksForNo;
  }

  /** How many people came who don't have what was asked for. */
  get left(): number {
    const { lacks, blank } = this.#counts;
    return lacks + (this.#asksForNo ? 0 : blank);
  }

  /** True where people came, and nothing tells whether they have what was asked for. */
  get isUnproved(): boolean {
    const { has, lacks, blank, absent, unclear } = this.#counts;
    return has + lacks + blank === 0 && absent + unclear > 0;
  }

  /** How many came with a value that is neither yes nor no, where one of them is asked for. */
  get neither(): number {
    return this.filter.field.kind === 'yes_no' ? this.#counts.unclear : 0;
  }

  /** True where nobody came whose value is yes or no: it can't be told who has what was asked for. */
  get isUnreadable(): boolean {
    return this.neither > 0 && this.#counts.has + this.#counts.lacks === 0;
  }

  /** True where the API applied it to several values: people came for more than one, and nobody else. */
  get takesLists(): boolean {
    return this.#seen.size > 1 && this.left === 0;
  }

  /** How many came without a value, and count as "no". */
  get blanks(): number {
    if (!this.#asksForNo || this.#rule?.blankMeansNo === false) return 0;
    return this.#counts.blank + (this.#rule ? this.#counts.absent : 0);
  }

  /** True where somebody came who has it. */
  get isProved(): boolean {
    return this.#counts.has > 0;
  }

  /** The filter's values that somebody came with who has none of its others. */
  get seen(): ReadonlySet<string> {
    return this.#seen;
  }

  /**
   * The rule for people without a value, where they have to be read again under one: the field came with others, or the
   * filter asks for "no" and isn't applied. A blank is a "no" only where nobody has one in words.
   */
  get ruleNeeded(): BlankRule | undefined {
    const { has, lacks, blank, absent } = this.#counts;
    const came = has + lacks + blank > 0;
    const isDoubtful = (absent > 0 && came) || (this.#mayAskForNo && blank > 0 && lacks > 0);
    if (this.#rule || !isDoubtful) return undefined;
    return { blankMeansNo: has === 0 && !this.#holdsOther && !isConsent(this.filter.field.name) };
  }

  #verdictOn(value: unknown): Verdict {
    if (value === undefined) return 'absent';
    if (!hasValue(value, this.#options)) return 'blank';
    const match = this.#match(value);
    if (match === 'unclear') return 'unclear';
    if (match === 'other') {
      this.#holdsOther = true;
      return 'lacks';
    }
    const [only] = match;
    if (only !== undefined && match.length === 1) this.#seen.add(only);
    return match.length > 0 ? 'has' : 'lacks';
  }
}

/** True for a filter that asks for yes or no. */
export function isYesNo({ field, values }: Filter): boolean {
  if (field.kind === 'yes_no') return true;
  return field.kind === 'unknown' && values.every(value => /^[YN]$/.test(value));
}

function matcherOf(
  filter: Filter,
  options: readonly Option[] | undefined,
  readYesNo: typeof decodeYesNo,
): (value: unknown) => Match {
  const { field, values } = filter;
  if (field.name === 'id') return value => values.filter(id => Number(id) === Number(value));
  if (options) return optionMatcher(values, options);
  if (isYesNo(filter)) return value => yesNoMatch(values, readYesNo(value), field.kind === 'yes_no');
  if (field.kind === 'choice') return value => values.filter(id => decodeTypes(value).includes(id));
  if (field.kind === 'count') return value => values.filter(text => Number(text) === Number(value));
  return textMatcher(filter);
}

/** By id or by name, as the API may answer with either; a value that is none of the options can't be judged. */
function optionMatcher(values: readonly string[], options: readonly Option[]): (value: unknown) => Match {
  const prepared = preparedOptions(options);
  const known = (text: string) =>
    (prepared.withId(text)[0] ?? prepared.folded(foldSpelling(text.slice(0, bounds.compared))).at(-1))?.id;
  return value => {
    const whole = typeof value === 'string' ? known(value.trim()) : undefined;
    const ids = whole ? [whole] : decodeTypes(value).map(known);
    const found = values.filter(id => ids.includes(id));
    return found.length === 0 && ids.includes(undefined) ? 'unclear' : found;
  };
}

function yesNoMatch(values: readonly string[], answer: boolean | undefined, isSurelyYesNo: boolean): Match {
  if (answer === undefined) return isSurelyYesNo ? 'unclear' : 'other';
  return values.filter(text => decodeYesNo(text) === answer);
}

/** A text that contains what was asked for has it: how a system compares texts isn't documented. */
function textMatcher({ field, values }: Filter): (value: unknown) => Match {
  const { normal } = kindOf(field.meaning);
  const wanted = values.map(text => ({ text, normal: normal(text), folded: foldSpelling(text) }));
  const isAlone = (folded: string) => wanted.filter(one => one.folded === folded).length === 1;
  return value => {
    const raw = textOf(value);
    if (raw === undefined) return 'unclear';
    const [ours, folded] = [normal(raw), foldSpelling(raw)];
    const found = wanted.filter(one => (one.normal !== '' && one.normal === ours) || folded.includes(one.folded));
    // Of several spellings of one value, the one that is stored.
    const exact = found.filter(one => isAlone(one.folded) || one.text.toLowerCase() === raw.toLowerCase());
    return (exact.length > 0 ? exact : found).map(one => one.text);
  };
}

/** A value as a text; `undefined` for one that takes too long to look through. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
  return text === undefined || text.length > bounds.searched ? undefined : text;
}
