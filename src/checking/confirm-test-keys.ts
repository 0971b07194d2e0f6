import { createInterface } from 'node:readline/promises';
import { CharitylogError } from '../base/errors.ts';

/**
 * Makes sure that a made-up person goes to a test system: live and test systems have one address and differ by their
 * keys. Without the flag of the command line, whoever sits at the terminal is asked. Throws where nobody says so.
 */
export async function confirmTestKeys(hasFlag: boolean): Promise<void> {
  if (hasFlag || (process.stdin.isTTY && (await ask()))) return;
  throw new CharitylogError(
    'config',
    'nothing was tried: --write-test-person adds a person, and one address serves live and test systems. Add --test-keys if ' +
      'the keys are those of a test system.',
  );
}

async function ask(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      'A made-up person will be added. Are the keys those of a test system? (yes/no) ',
    );
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    terminal.close();
  }
}
