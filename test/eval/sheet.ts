import { filesOf } from './files.ts';
import type { Form, Question } from './question.ts';
import { notRecorded } from './truths.ts';

const forms: Readonly<Record<Form, string>> = {
  count: '{"count": 12}',
  ids: '{"ids": [1, 2]}',
  groups: '{"groups": {"Some name": 3, "Another name": 1}}',
  'two groups': '{"groups": {"Some name": {"Inner name": 3, "Another inner name": 1}}}',
  'three groups': '{"groups": {"Some name": {"Inner name": {"Innermost name": 3}}}}',
  'hidden groups': '{"groups": {"Some name": 12, "Another name": "<5", "A third name": "suppressed"}}',
  text: '{"text": "..."}',
  id: '{"id": 12}',
};

/** Where things are that the sheet speaks of, as absolute paths. */
export interface SheetPlaces {
  readonly folder: string;
  /** The command-line door to the server: `DOOR SETUP tools` and `DOOR SETUP call TOOL JSON`. */
  readonly door: string;
  /** Where the commands are to be run. */
  readonly root: string;
}

/** What the assistant is given: how to ask the tools, how to answer, and the numbered questions. */
export function writeSheet(questions: readonly Question[], today: string, { folder, door, root }: SheetPlaces): string {
  const files = filesOf(folder);
  const run = `cd ${root} && node ${door}`;
  return `# Questions

You are the assistant of the staff of a charity. Answer their questions with the tools of its system. Use only these
two commands, as they stand: no scripts, no pipes, no other files, no look at the program.

- The tools, read them once: \`${run} ${files.setup} tools\`
- A call, for question 1: \`${run} ${files.setupOf(1)} call TOOL 'JSON'\`

Each question has a setup file of its own (\`setup-01.json\`, \`setup-02.json\`, ...): use the one with the question's number.
Take the questions in order, each with as few calls as it needs. The staff can't be asked back now.

Write your answers into \`${files.answers}\` as \`{"1": {...}, "2": {...}}\`, each in the form that its question gives.

- Where a question can't be answered so, where you would have to ask first, or where you wouldn't do what is asked for, give
  \`{"text": "what you tell your colleague"}\` and nothing else.
- Today is ${today}.
- Counts and lists mean everybody, inactive and deceased people included, unless the question says otherwise.
- Ids are those of the people on the system; where somebody is to be added, that of the new record. Where nobody is found,
  the list is empty.
- Names of groups are those of the system; people without a value are the group "${notRecorded}".
- In texts, write dates as YYYY-MM-DD, and names, numbers and options as they are on the system.

${questions.map(({ ask, form }, index) => `${index + 1}. ${ask} Answer as ${forms[form]}.`).join('\n')}
`;
}
