import { foldedParts, foldSpelling } from '../base/spelling.ts';
import type { Field } from './field.ts';

/** What people call fields, and the names of fields that they mean by it. */
const callings: readonly (readonly [words: string, names: RegExp])[] = [
  ['phone number|telephone|mobile|cell|landline|contact number', /(phone|mobile|landline|^tel)(?!.*consent)/i],
  ['added|joined|registered|registration|entered|new since', /created|joined|regist/i],
  ['changed|modified|edited|last seen', /updated/i],
  ['birthday|born|dob|birth date|age', /birth|^dob|^age/i],
  ['address|zip|post code|where they live|location|area', /^address|town|city|county|district|post_?code/i],
  ['surname|last name|family name', /^surname$/i],
  ['first name|forename|given name|christian name', /^first_name$/i],
  ['nickname|preferred name|alias|also known as', /^known_as$/i],
  ['sex', /^gender/i],
  ['race|nationality', /ethnic/i],
  ['faith|belief', /relig/i],
  ['died|dead|death|passed away', /deceased/i],
  ['archived|closed|current|status', /^active$/i],
  ['speaks|spoken|mother tongue|interpreter', /language/i],
  ['disabled|impairment', /disab/i],
  ['doctor|surgery|practice', /^gp_/i],
  ['key worker|case worker|staff member|worker', /worker/i],
  ['housing|home|tenure|lives in', /accommodation/i],
  ['household|family size|dependants', /household/i],
  ['married|partner|relationship', /marital|relationship/i],
  ['job|work|occupation', /employ|occupation/i],
  ['sexuality|lgbt', /sexual/i],
  ['permission|gdpr', /consent/i],
  ['comments|remarks|memo', /^notes?$|comment/i],
  ['parking|car badge', /blue_badge/i],
  ['category|kind of person|role', /^type$/i],
  ['number|reference|record', /^id$|external_id|_number$/i],
  ['contact by|prefers|preference', /preferred/i],
];

/** At least so many letters of a word tell what is meant. */
const shortest = 3;

/** The test for fields that have the text in name or label, or that people call so. */
export function calledBy(text: string): (field: Field) => boolean {
  const wanted = foldSpelling(text).replace(/(?<=..)s$/, '');
  const isCalled = (words: string) => foldedParts(words, /\|/).some(word => isPart(wanted, word));
  const meant = callings.filter(([words]) => isCalled(words)).map(([, names]) => names);
  return ({ name, label }) =>
    [name, label].some(one => foldSpelling(one).includes(wanted)) || meant.some(names => names.test(name));
}

function isPart(wanted: string, word: string): boolean {
  return wanted === word || (wanted.length >= shortest && word.startsWith(wanted));
}
