/**
 * How much is taken in and handed out, with the reason for each bound: whatever a caller sends or the API answers, the
 * program answers others meanwhile. In characters unless told.
 */
export const bounds = {
  /** A value to store: a text column of a usual database holds 65,535 bytes. */
  storedText: 60_000,
  /** Several values in one text: more than an address holds of them, and quickly taken apart. */
  listText: 60_000,
  /** Any other text of a call: a value to search by is part of an address, and addresses are hardly longer than 8,000. */
  shortText: 1_000,
  /** The name of an argument, a field, a tool or a prompt: the longest that systems are known to have has 60. */
  name: 200,
  /** A field in a caller's words, which may say more of it: `month of created`, `surname, descending`. */
  saidField: 120,
  /** Values of one argument, in number: an address holds no more of them. */
  values: 200,
  /** Values of a message, in number, those in lists and maps included: no request has as many, and parsing them takes long. */
  messageParts: 20_000,
  /** Conditions of a question, in number: nobody asks for more at once, and each is decided for very many people. */
  conditions: 20,
  /** Texts that all conditions of a question look for inside of values, in number: each looks through each value. */
  soughtTexts: 30,
  /** Problems that an error tells, in number; the rest is counted. A caller who made more has made one of them often. */
  problems: 8,
  /** Words of a caller or of the API that a message quotes: enough to know them again. */
  quoted: 60,
  /** Spellings whose edits are counted: the time grows with the square of this, and names are shorter. */
  measured: 60,
  /** Spellings of like length whose edits are counted for one hint, in number. */
  measuredSpellings: 2_000,
  /** A value of a record that is compared with another one: names, numbers and addresses are shorter. */
  compared: 1_000,
  /** A value of a record that is searched for words: longer ones are left to the system's own search. */
  searched: 100_000,
  /** Names of parts that values of one answer have, in number: each is to be told from those of hidden fields. */
  nestedNames: 1_000,
  /** Values of a field that are judged once, in number: many people share theirs. */
  rememberedValues: 5_000,
  /** Types or options of one person, in number: systems have some dozens. */
  ofOnePerson: 1_000,
  /** Groups of a count, in number, those within others included: nobody reads more, and all are sorted. */
  groups: 20_000,
  /** A record, and what surrounds the records of an answer: a photo in a record has some megabytes. */
  unsplitJson: 4 * 1_048_576,
  /** Commas and brackets of a JSON text that is parsed at once, in number: each takes up to 200 ns. */
  jsonParts: 100_000,
  /** An answer of the API that is read as a whole, such as a dictionary; its rows are parsed by and by. */
  wholeAnswer: 16 * 1_048_576,
  /** Rows of an answer that is read as a whole, in number: a list of all surgeries of a country has ten thousand. */
  rows: 20_000,
  /** What is read of an answer that failed: its words are at its beginning. */
  failedAnswer: 1_048_576,
  /** Lists and objects within each other in a record's value, in levels: systems have two or three. */
  levels: 32,
  /** Fields of a system, in number, and keys of a record or a wrapper that are looked at: systems have some hundreds. */
  fields: 2_000,
  /** The label of a field: longer ones are cut. */
  label: 200,
  /** An answer to an assistant as it is sent, text and structured content together, in bytes. */
  answerBytes: 65_536,
  /** The text of an error; longer ones are cut. */
  error: 16_000,
  /** A host's file of settings, in bytes: that of Claude Code keeps what its projects were about, too. */
  hostFile: 64 * 1_048_576,
} as const;
