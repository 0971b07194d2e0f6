import { isCharitylogError } from '../base/errors.ts';
import { pagedAnswer } from './http/failures.ts';
import { type Part, type Progress, remainderOf } from './paging.ts';
import { type ApiPath, nextPath } from './path.ts';

/** More parts than this are no answer that ends. */
const maxParts = 1000;

/**
 * Reads an answer, and where it says that it is a part of a longer one, those that follow it, one after the other.
 *
 * @param read reads the part at a path; `known` is how many different rows came by then
 * @throws CharitylogError `unreadable` where the way to the rest isn't plain, leads elsewhere or in a circle, or doesn't
 *   end in as many as the answer says there are
 */
export async function readParts(
  first: ApiPath,
  baseUrl: string,
  read: (path: ApiPath) => Promise<Part & Pick<Progress, 'known'>>,
): Promise<void> {
  const seen = new Set<ApiPath>();
  let path = first;
  for (let number = 1, before = 0; ; number++) {
    seen.add(path);
    const part = await read(path).catch(error => {
      throw number > 1 && isCharitylogError(error, 'not_found')
        ? pagedAnswer(['a next page that is not there'])
        : error;
    });
    const { next, signs } = remainderOf(part, { known: part.known, number });
    if (signs.length === 0) return;
    const following = next === undefined ? undefined : nextPath(next, path, baseUrl);
    if (following === undefined || number === maxParts) throw pagedAnswer(signs);
    if (seen.has(following) || part.known === before) throw pagedAnswer([...signs, 'pages that repeat']);
    before = part.known;
    path = following;
  }
}
