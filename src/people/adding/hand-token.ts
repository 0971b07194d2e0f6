import type { Adding, CreateResult } from './adding.ts';

const clickAdds =
  'Nothing was added. The user decides in the view beside this answer, by a click; no call adds the person. If they see no ' +
  'view, their host does not draw it: the administrator can set CHARITYLOG_CONFIRM to duplicates or always.';

const noView =
  'Nothing was added: people are added by a click in the review view only, which this host does not draw. Tell the user ' +
  'that the administrator can set CHARITYLOG_CONFIRM to duplicates or always.';

/** A token, and the words that go with it: told to the caller, or to the review view alone where only a click may add. */
export function handToken(
  token: string,
  next: string,
  { settings, user }: Pick<Adding, 'settings' | 'user'>,
): Pick<CreateResult, 'next' | 'forView'> & { readonly confirm_token?: string } {
  if (settings.confirm !== 'view') return { confirm_token: token, next };
  return user.seesReview ? { forView: { confirm_token: token }, next: clickAdds } : { next: noView };
}
