/**
 * What agreement and disagreement of two people's details say, after Fellegi and Sunter: about the logarithm (base 2) of how
 * much likelier they are for one person entered twice than for two people of one system. Splink calls the rows
 * comparison levels. A detail that isn't known of both has no row: it weighs nothing.
 */
export const weights = {
  /** The ten digits are one person's alone. */
  'nhs_number: same': 20,
  /** Two people, but for a wrong number in a record. */
  'nhs_number: different': -8,
  /** One digit was mistyped in one of the records. */
  'nhs_number: one digit off': 0,
  /** Another system's key of the person. */
  'external_id: same': 20,
  /** People get a new one where they are entered there twice. */
  'external_id: different': -2,
  /** Couples and carers share one: the names and birthdays decide. */
  'email: same': 10,
  /** One in some thirty addresses is mistyped, but namesakes and relatives take near ones, too. */
  'email: nearly': 2,
  /** Many have several, but one of a name with another birthday and another address is another person. */
  'email: different': -1.5,
  /** A household, a hostel or an office shares one. */
  'phone: same': 6,
  /** Many have several, and change them. */
  'phone: different': -0.5,
  /** One of 25,000 days. */
  'birth: same': 9,
  /** 1 January stands for a day that nobody knows, of very many people. */
  'birth: same 1 January': 4,
  /** Month and day in the American order. */
  'birth: day and month exchanged': 7,
  /** A slip, but siblings and others come as near by chance: some 40 days are one digit off. */
  'birth: one digit off': 5.5,
  /** Two slips, or a day nearby: both are rare, and it says little. */
  'birth: nearly': -1,
  /** Another person, or the date of somebody else in the record. */
  'birth: different': -3,
  /** As parents and children are: one name at one address is two people then. */
  'birth: a generation apart': -9,
  /** As grandparents and grandchildren are, who have one home more seldom: there they are two people, however much agrees. */
  'birth: two generations apart': -3,
  /** The commonest first names are those of one person in fifty. */
  'first name: same': 4,
  /** Bill and William, Mohammed and Muhammad: fewer people go by both. */
  'first name: other form': 3.5,
  /** The middle name is in one record only, or the person is called by it. */
  'first name: part': 3,
  /** A slip or two, or the same sound. */
  'first name: misspelt': 3,
  /** One in fifteen people has the letter. */
  'first name: initial': 1,
  /** Near in letters, and both are names, but rarer ones: Marvin may be Martin misspelt, unless he was born on another day. */
  'first name: perhaps another name': 0.5,
  /** Near in letters, but two names: John and Joan. */
  'first name: another near name': -2,
  /** Husband and wife, brothers, twins. */
  'first name: different': -5,
  /** The commonest surnames are those of one person in a hundred, but relatives share one. */
  'surname: same': 5,
  'surname: other form': 4,
  /** One half of a double name. */
  'surname: part': 3,
  'surname: misspelt': 4,
  /** One letter of a double name. */
  'surname: initial': 1,
  /** A marriage, or another person. */
  'surname: different': -4,
  /** First name and surname in each other's field, which happens to some in a hundred records. */
  'name: exchanged': -1,
  /** Some 15 households share a postcode. */
  'postcode: same': 4.5,
  'postcode: one sign off': 3,
  /** People move. */
  'postcode: different': -1,
  /** Number and street: one household, or a hostel. */
  'address: same': 5,
  /** The same number, and the street but for a slip. */
  'address: misspelt': 4.5,
  /** The same street, with another number. */
  'address: alike': 3,
  /** People move. */
  'address: different': -1,
  /** Most people of a system live in few towns. */
  'town: same': 1,
  'town: misspelt': 1,
  'town: different': -0.5,
} as const;

/** A comparison level: a kind of detail, and how two people's values of it compare. */
export type Level = keyof typeof weights;

/** The levels of one kind of detail, such as `same` and `different` of `phone`. */
export type LevelOf<Kind extends string> = Level extends infer L
  ? L extends `${Kind}: ${infer One}`
    ? One
    : never
  : never;

/** From so much in all, two people may be one: who adds a person is asked. */
export const candidateFrom = 8;

/** From so much in all, two people are hardly two. */
export const sureFrom = 16;
