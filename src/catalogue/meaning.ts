/**
 * What a field means, told by its name: the one place that says which fields are phones, birth dates, names and so on.
 * The names of most fields aren't published (manual: API: Selecting Specific Fields), so usual ones count in every
 * usual spelling, with a number or the use behind (`telephone_2`, `email_work`) or the owner before (`partner_email`).
 */

/**
 * What fields' texts stand for: the first one that fits is the field's. `reference` is a number that somebody else gave, `text`
 * words of any kind.
 */
const meanings = [
  ['birth date', endingWith('date_of_birth|birth_?date|dob')],
  ['date', /(^|_)(date|created|updated)(_|\d|$)/i],
  ['e-mail', endingWith('e_?mail(_(address|home|work|personal|other))?')],
  ['postcode', endingWith('post_?code')],
  [
    'phone',
    endingWith('((home|work|mobile|tele)?phone|mobile|landline|tel)(_(number|no|home|work|day|evening|other))?'),
  ],
  ['NHS number', endingWith('nhs_(number|no)')],
  ['external id', /^external_id$/i],
  ['name', /^(first_name|surname|known_as)$/i],
  ['address', /^address/i],
  ['note', /^(notes?|comments?)$/i],
  ['reference', /^id$|number$/i],
  ['text', /^(title|town|city)$|name$/i],
] as const;

export type Meaning = (typeof meanings)[number][0];

/** Fields that speak of how or whether to reach somebody, and hold no address or number. */
const aboutReaching = /^(by|to|time|best|prefer.*|can|may|allow.*|consent.*|has|is)$/;

/** What the field with this name means; `undefined` where its name doesn't tell. */
export function meaningOf(name: string): Meaning | undefined {
  const meaning = meanings.find(([, names]) => names.test(name))?.[0];
  const isReached = meaning === 'e-mail' || meaning === 'phone';
  const words = name.toLowerCase().split('_').slice(0, -1);
  return isReached && words.some(word => aboutReaching.test(word)) ? undefined : meaning;
}

/** The fields that a person's own name is in. */
export const nameFields: readonly string[] = ['first_name', 'surname', 'known_as'];

/** True for the number or address that is one person's alone: external id, NHS number, the person's own e-mail. */
export function isKeyField(name: string): boolean {
  return /^(external_id|nhs_(number|no)|e_?mail(_(address|home|work|personal|other))?(_?\d+)?)$/.test(
    name.toLowerCase(),
  );
}

/** Meanings whose values many people share. */
const ofMany: ReadonlySet<Meaning> = new Set(['birth date', 'date', 'postcode', 'text']);

/** True for a field that tells people apart one by one: groups by it would be a list of the people themselves. */
export function isIdentifying(name: string): boolean {
  const meaning = meaningOf(name);
  return meaning !== undefined && !ofMany.has(meaning);
}

/** True for a field that records a consent: one that was refused is recorded, too, and not given. */
export function isConsent(name: string): boolean {
  return /consent/i.test(name);
}

/** True where a field's name or label speaks of special-category data (UK GDPR, Article 9) or of convictions. */
export function isSpecialByName(words: string): boolean {
  return /ethnic|racial|relig|faith|belief|health|medic|diagnos|disab|impair|sexual|hiv\b|\bhiv|convict|criminal|offence|political|trade.?union|genetic|biometric/i.test(
    words,
  );
}

function endingWith(names: string): RegExp {
  return new RegExp(`(^|_)(${names})(_?\\d+)?$`, 'i');
}
