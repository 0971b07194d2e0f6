/** The options of one choice field: option id to option name. Ids have gaps, as on a system that has been in use for years. */
export type Dictionary = ReadonlyMap<number, string>;

/** Reads `'1 Christian | 3 Muslim'` into a dictionary. */
function dictionary(text: string): Dictionary {
  return new Map(
    text.split('|').map(option => {
      const [, id, name] = /^(\d+) (.*)/.exec(option.trim()) ?? [];
      if (!id || !name) throw new Error(`not an option: ${option}`);
      return [Number(id), name];
    }),
  );
}

/**
 * The ids of some options by their names, separated by `|`.
 *
 * @throws Error when the dictionary has no option of that name.
 */
export function idsOf(options: Dictionary, names: string): readonly number[] {
  const ids = new Map([...options].map(([id, name]) => [name, id]));
  return names.split('|').map(name => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`no option is called ${name}`);
    return id;
  });
}

/** The types of people. 7 and 8 are volunteers and staff as in the manual's examples (API clients). */
export const clientTypes = dictionary(
  '1 Clients | 3 Carers | 4 Donors | 7 Volunteers | 8 Staff | 9 Next of Kin | 12 Befrienders | 15 Trustees',
);

export const branches = dictionary('1 Head Office | 4 Eastwick Hub | 6 Westbrook Centre');

/** Made-up places. */
export const districts = dictionary(
  `21 Eastwick | 22 Westbrook | 24 Northmoor | 25 Southmere | 31 Ashcombe Vale | 33 Millbeck | 34 Harrowfield
  | 38 Thornley Bridge | 40 Castle Wynd | 41 Lower Marling | 45 Fernhurst Green | 52 St Aldan's`,
);

/** Made-up counties. */
export const counties = dictionary('102 Eastshire | 103 Marlingshire | 107 North Wickland | 110 South Wickland');

/** The categories of the 2021 census of England and Wales, nearly. */
export const ethnicities = dictionary(
  `1 English, Welsh, Scottish, Northern Irish or British | 2 Irish | 3 Gypsy or Irish Traveller
  | 5 Any other White background | 8 White and Black Caribbean | 9 White and Black African | 10 White and Asian
  | 11 Any other Mixed or Multiple background | 14 Indian | 15 Pakistani | 16 Bangladeshi | 17 Chinese
  | 19 Any other Asian background | 22 Caribbean | 23 African | 24 Any other Black background | 27 Arab
  | 28 Any other ethnic group`,
);

export const religions = dictionary(
  `1 Christian | 3 Muslim | 4 Hindu | 6 Sikh | 7 Jewish | 10 Buddhist | 12 Other religion | 15 No religion
  | 16 Prefer not to say`,
);

export const languages = dictionary(
  `41 English | 42 Welsh | 45 Polish | 46 Romanian | 48 Punjabi | 49 Urdu | 51 Portuguese | 52 Spanish | 53 Arabic
  | 55 Bengali | 56 Bengali (Sylheti) | 57 Gujarati | 59 Italian | 60 French | 61 German | 63 Turkish
  | 65 Chinese (Cantonese) | 66 Chinese (Mandarin) | 68 Somali | 69 Tamil | 70 Hindi | 72 Lithuanian | 73 Ukrainian
  | 74 Russian | 76 Bulgarian | 77 Persian (Farsi) | 80 Vietnamese | 81 Yoruba | 83 Tigrinya
  | 90 British Sign Language`,
);

export const genders = dictionary('2 Female | 3 Male | 5 Non-binary | 8 Prefer to self-describe | 9 Prefer not to say');

export const maritalStatuses = dictionary(
  '11 Single | 12 Married | 13 Civil partnership | 15 Divorced | 16 Separated | 18 Widowed | 19 Living with partner',
);

export const accommodations = dictionary(
  `201 Owner occupied | 202 Council tenant | 204 Housing association tenant | 205 Private tenant
  | 207 Sheltered housing | 208 Care home | 210 Living with family | 213 Temporary accommodation | 214 No fixed abode`,
);

export const disabilities = dictionary(
  `301 None | 302 Mobility impairment | 303 Hearing impairment | 305 Visual impairment | 306 Learning disability
  | 308 Mental health condition | 309 Dementia | 311 Long-term illness | 314 Autism | 320 Other`,
);

export const employmentStatuses = dictionary(
  `71 Employed full time | 72 Employed part time | 73 Self-employed | 75 Unemployed | 76 Unable to work | 77 Retired
  | 79 Student | 82 Full-time carer`,
);

export const sexualOrientations = dictionary(
  '61 Heterosexual or straight | 62 Gay or lesbian | 64 Bisexual | 65 Other | 68 Prefer not to say',
);

export const gpSurgeries = dictionary(
  `1001 Eastwick Surgery | 1002 Eastwick Road Practice | 1004 The Westbrook Practice | 1005 Northmoor Health Centre
  | 1007 Southmere Medical Centre | 1008 Ashcombe Surgery | 1009 Millbeck Medical Practice | 1011 Harrowfield Surgery
  | 1012 Thornley Bridge Practice | 1015 Castle Wynd Health Centre | 1016 Marling Group Practice
  | 1018 Fernhurst Surgery | 1019 St Aldan's Practice | 1020 The Limes Surgery | 1022 Priory Road Surgery
  | 1023 Riverside Medical Centre | 1025 Station Road Surgery | 1027 Orchard House Practice | 1028 The Old Forge Surgery
  | 1030 Beechwood Health Centre | 1031 Canal Side Practice | 1033 Market Square Surgery | 1036 High Street Practice
  | 1037 Hillview Medical Centre | 1040 Not registered with a GP`,
);

export const schools = dictionary(
  `501 Eastwick Primary School | 502 Eastwick Academy | 504 Westbrook High School | 505 Northmoor Community School
  | 508 St Aldan's C of E Primary School | 509 Southmere College | 512 Millbeck Special School | 515 Home educated`,
);

export const communicationMethods = dictionary(
  '31 Telephone | 32 Email | 34 Letter | 35 Text message | 37 Letter in large print | 39 Face to face',
);

export const supportWorkers = dictionary(
  `9003 Amina Yusuf | 9007 Gareth Pugh | 9008 Helen Braithwaite | 9012 Kwame Boateng | 9013 Marta Nowak
  | 9019 Priya Raman | 9021 Tom O'Leary | 9026 Wei Lin`,
);

export const consents = dictionary(
  '401 Given in writing | 402 Given verbally | 404 Refused | 405 Withdrawn | 407 Not yet asked',
);

/** Options of an extension field: 109 is the one that the manual filters by (API: Extension Databases). */
export const photoConsents = dictionary('108 No photos | 109 Photos on the website | 112 Photos in print only');

export const ageRanges = dictionary(
  '601 0-17 | 602 18-24 | 604 25-34 | 605 35-44 | 606 45-54 | 608 55-64 | 609 65-74 | 610 75-84 | 613 85 and over',
);
