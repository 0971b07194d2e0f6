import type { DuplicateCheck } from '../matching/candidate-collector.ts';
import type { Candidate } from '../matching/compare-record.ts';
import { type Adding, AskUser, type CreateResult } from './adding.ts';
import { nameDoubts } from './name-doubts.ts';
import type { NewRecord } from './read-record.ts';
import { type CandidateView, candidateViewFor, choicesOf, oneLine } from './show-candidates.ts';

/** So many values are shown in a question. */
const maxStoredShown = 12;

const notAsked = 'This host could not put the question to its user.';
const afterDismissal =
  'Nothing was added: the user closed the question without an answer. Ask them what they want, and repeat the call to have ' +
  'it put again.';

/**
 * Whether a person may be added now: `given`, or else what to answer or ask. If the host can ask its user, the user decides,
 * and is asked once. Otherwise a token for exactly these values and candidates decides.
 */
export async function consentTo(
  record: NewRecord,
  check: DuplicateCheck,
  adding: Adding,
): Promise<'given' | CreateResult | AskUser> {
  const { settings, tokens, ledger } = adding;
  const user = adding.user();
  if (user.answer === 'refused') return { status: 'declined', next: 'Nothing was added: the user said no.' };
  if (user.answer === 'dismissed') return { status: 'declined', next: afterDismissal };
  const hasDoubt = await ledger.hasDoubt(record.nameKey);
  const doubts = doubtsOf(record, check, hasDoubt);
  const { candidates } = check;
  if (candidates.length === 0 && doubts === '' && !isAlwaysAsked(settings)) return 'given';
  const seen = { candidateIds: candidates.map(({ person }) => person.id), hasDoubt };
  const isConfirmed = (token: string | undefined) =>
    token !== undefined && tokens.mintedAt(token, record.values, seen) !== undefined;
  if (user.answer === 'accepted' && isConfirmed(user.state)) return 'given';
  const token = tokens.mint(record.values, seen);
  const view = await candidateViewFor(adding);
  const choices = choicesOf(candidates);
  const chosen = candidates[choices.indexOf(user.choice ?? '')];
  if (chosen) return isThere(record, chosen, view);
  // A token is for hosts that can't ask: with one that can, it would go past the user.
  const isAsking = asksAtHost(settings) && user.canAsk;
  if (isAsking && user.answer === undefined) {
    return new AskUser(questionFor(record, check, doubts, view), token, choices);
  }
  if ((!isAsking || user.answer === 'failed') && isConfirmed(record.confirmToken)) return 'given';
  const told = user.answer === 'failed' ? `${notAsked} ${doubts}`.trim() : doubts;
  return {
    status: candidates.length > 0 ? 'possible_duplicates' : 'needs_confirmation',
    ...view.listOf(candidates),
    ...handToken(token, { next: nextStep(record, check, told), doubts: told }, adding),
  };
}

function isAlwaysAsked({ confirm }: Adding['settings']): boolean {
  return confirm === 'always' || confirm === 'view';
}

/** Whether the host's own question decides; a click in the view is another way. */
function asksAtHost({ confirm, elicitation }: Adding['settings']): boolean {
  return (confirm === 'duplicates' || confirm === 'always') && elicitation === 'on';
}

/** What the caller should know of the person, and of the check besides the candidates. */
export function doubtsOf({ values }: NewRecord, { doubt }: DuplicateCheck, hasDoubtBefore: boolean): string {
  const doubts = [
    ...nameDoubts(values),
    doubt && doubtOf[doubt],
    hasDoubtBefore && 'A person of this name was sent before, and the outcome is unknown.',
  ];
  return doubts.filter(Boolean).join(' ');
}

const doubtOf = {
  'keys only': 'Only the keys could be compared, not the names.',
  nobody: 'Charitylog showed nobody at all, so the program could not check whether the person is there already.',
};

/** Which type the person gets where none is given; blank where one is. */
export function typeNote({ defaultType }: NewRecord): string {
  return defaultType === undefined ? '' : ` No type is given: Charitylog would use its default, ${defaultType}.`;
}

function nextStep(record: NewRecord, { candidates }: DuplicateCheck, doubts: string): string {
  const stale =
    record.confirmToken !== undefined &&
    'That confirm_token is too old or belongs to other values, candidates or doubts.';
  const steps =
    candidates.length > 0
      ? `Ask the user whether one of the candidates is the person. ${ifItIs(record)} If it is somebody else, repeat the call with confirm_token.`
      : 'Ask the user whether the person should be added; if so, repeat the call with confirm_token.';
  return [stale, doubts, `Nothing was added. ${steps}${typeNote(record)}`].filter(Boolean).join(' ');
}

/** What to do where somebody is there already. */
export function ifItIs({ shown, defaultType }: NewRecord): string {
  const type = oneLine(shown.type ?? defaultType);
  return `If so, add nobody: use that record; where it lacks the type ${type}, staff add it there in Charitylog, as nothing can be changed from here.`;
}

/** The user has chosen a candidate. */
function isThere(record: NewRecord, chosen: Candidate, view: CandidateView): CreateResult {
  const next = `Nothing was added: the user says that it is id ${chosen.person.id}. ${ifItIs(record)}`;
  return { status: 'declined', ...view.listOf([chosen]), next };
}

function questionFor(
  { shown, defaultType }: NewRecord,
  { candidates }: DuplicateCheck,
  doubts: string,
  view: CandidateView,
): string {
  const type = ` (${oneLine(shown.type ?? `${defaultType}, the default`)})`;
  const lines = view.linesOf(candidates);
  const known = lines.length > 0 ? `\nPossibly there already:\n${lines.join('\n')}` : '';
  const question = `Add ${oneLine(shown.first_name)} ${oneLine(shown.surname)}${type} to Charitylog as a new person?`;
  const rest = Object.entries(shown).filter(([name]) => !['first_name', 'surname', 'type'].includes(name));
  const stored = rest.slice(0, maxStoredShown).map(([name, value]) => `${name}: ${oneLine(value)}`);
  const more = rest.length > stored.length ? [`${rest.length - stored.length} more`] : [];
  const record = stored.length > 0 ? `\nStored with it: ${[...stored, ...more].join('; ')}` : '';
  return `${question}${record}${known}${doubts === '' ? '' : `\n${doubts}`}`;
}

const clickAdds =
  'Nothing was added. The user decides in the view beside this answer, by a click; no call adds the person. If they see no ' +
  'view, their host does not draw it: the administrator can set CHARITYLOG_CONFIRM to duplicates or always.';

const noView =
  'Nothing was added: people are added by a click in the review view only, which this host does not draw. Tell the user ' +
  'that the administrator can set CHARITYLOG_CONFIRM to duplicates or always.';

/** A token, and the words that go with it: told to the caller, or to the review view alone where only a click may add. */
export function handToken(
  token: string,
  { next, doubts }: { readonly next: string; readonly doubts: string },
  { settings, user }: Pick<Adding, 'settings' | 'user'>,
): Pick<CreateResult, 'next' | 'forView'> & { readonly confirm_token?: string } {
  const forView = doubts === '' ? {} : { doubts };
  if (settings.confirm !== 'view') return { confirm_token: token, next, forView };
  if (!user().seesReview) return { next: `${doubts} ${noView}`.trim() };
  return { next: `${doubts} ${clickAdds}`.trim(), forView: { ...forView, confirm_token: token } };
}
