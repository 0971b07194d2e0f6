import type { Adding, CreateResult } from './adding.ts';

/** What goes with a token. */
interface Words {
  /** What to do next where the caller is told the token. */
  readonly next: string;
  /** What whoever decides should know besides the candidates; blank where there is nothing. */
  readonly doubts: string;
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
  { next, doubts }: Words,
  { settings, user }: Pick<Adding, 'settings' | 'user'>,
): Pick<CreateResult, 'next' | 'forView'> & { readonly confirm_token?: string } {
  const forView = doubts === '' ? {} : { doubts };
  if (settings.confirm !== 'view') return { confirm_token: token, next, forView };
  const told = user.seesReview ? clickAdds : noView;
  return {
    next: `${doubts} ${told}`.trim(),
    ...(user.seesReview && { forView: { ...forView, confirm_token: token } }),
  };
}
