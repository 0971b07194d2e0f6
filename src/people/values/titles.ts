/** Words before and behind a name that are no part of it. A title is free text in Charitylog (manual: Integrations). */
import { foldSpelling } from '../../base/spelling.ts';

const titles = wordSet(
  'mr mrs ms miss mx dr doctor prof professor rev revd reverend fr sir lady dame lord cllr councillor hon rt capt captain lt sgt mstr messrs',
);

/** Those that also stand behind a name: nobody is called by them. */
const titlesBehind = wordSet('mr mrs ms miss mx dr prof rev revd cllr');

/** Letters that nobody is called by. */
const letters = wordSet(
  'mbe obe cbe kbe dbe gbe bem kc qc jp esq jr jnr sr snr phd dphil msc bsc llb llm mphil frcs mrcp frcp rgn srn rmn pgce mp msp mep msw dsw cpa frs',
);

/** Letters that are names, too: taken for letters where they stand in capitals behind a name that doesn't. */
const lettersInCapitals = wordSet('ma ba mba bed med md rn dd pc cc ii iii iv');

/** Titles that are names, too: somebody called by one is looked for first, and people without it are near. */
const perhapsTitles = wordSet(
  'major colonel col canon father mother brother sister pastor bishop imam rabbi sheikh master junior senior uncle aunt aunty auntie judge dean nurse',
);

/**
 * The words of a name without titles before and letters behind it, in each part that a comma divides; all of them where
 * nothing else is left.
 */
export function withoutTitles(parts: readonly (readonly string[])[]): readonly string[] {
  const all = parts.flat();
  const isInCapitals = !/\p{Ll}/u.test(all.join(''));
  const isLetters = (word: string) =>
    letters.has(foldSpelling(word)) ||
    (!isInCapitals && word === word.toUpperCase() && lettersInCapitals.has(foldSpelling(word)));
  const isTitle = (word: string) => titles.has(foldSpelling(word));
  const left = parts.flatMap(words => {
    const start = words.findIndex(word => !isTitle(word));
    const end = words.findLastIndex(word => !isLetters(word) && !titlesBehind.has(foldSpelling(word)));
    return start < 0 ? [] : words.slice(start, end + 1);
  });
  return left.length > 0 ? left : all;
}

/** True for a word that may be a title as well as a name. */
export function mayBeTitle(word: string): boolean {
  return perhapsTitles.has(word);
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
