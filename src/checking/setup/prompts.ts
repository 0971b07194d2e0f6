/** What setup asks at a terminal. */

import { CANCEL_SYMBOL, confirm, multiselect, password, select } from '@clack/prompts';
import { CharitylogError } from '../../base/errors.ts';
import type { Host, Place } from './hosts.ts';

/** The hosts that are ticked among those found; all are, at first. */
export async function askForHosts<T extends Host & Place>(found: readonly T[]): Promise<readonly T[]> {
  const options = found.map(({ id, name, file }) => ({ value: id, label: name, hint: file }));
  const ids = await answered(
    multiselect({
      message: 'Which assistants? (space ticks, Enter goes on)',
      options,
      initialValues: found.map(({ id }) => id),
    }),
  );
  return found.filter(({ id }) => ids.includes(id));
}

/** True for made-up people. */
export function askForSandbox(): Promise<boolean> {
  return answered(
    select({
      message: 'What is the assistant to ask?',
      options: [
        { value: false, label: 'Our Charitylog system', hint: 'needs the three API keys' },
        { value: true, label: 'A made-up charity', hint: 'no keys, no network' },
      ],
    }),
  );
}

/** A key, of which nothing is shown but a sign for each letter. */
export function askForKey(variable: string): Promise<string> {
  const validate = (value: string | undefined) => (value?.trim() ? undefined : 'This key is needed. Ctrl+C stops.');
  return answered(password({ message: variable, validate }));
}

/** True where nobody is to be added. */
export function askForReadOnly(): Promise<boolean> {
  return answered(confirm({ message: 'Only read, and add nobody?', initialValue: true }));
}

export function askWhether(question: string): Promise<boolean> {
  return answered(confirm({ message: question }));
}

async function answered<T>(asked: Promise<T | typeof CANCEL_SYMBOL>): Promise<T> {
  const answer = await asked;
  if (answer === CANCEL_SYMBOL) throw new CharitylogError('config', 'stopped: nothing was changed.');
  return answer as T;
}
