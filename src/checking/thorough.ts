import { CharitylogError } from '../base/errors.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { CharitylogClient } from '../charitylog/client.ts';
import type { Config } from '../settings/config.ts';
import { tryFilters } from './assumptions/all-filters.ts';
import { tryAnswers } from './assumptions/answers.ts';
import { tryConnection } from './assumptions/connection.ts';
import { tryDictionaries } from './assumptions/dictionaries.ts';
import { tryFields } from './assumptions/fields.ts';
import { type Line, linesOf, notTried } from './assumptions/line.ts';
import { readEverybody, tryPeople } from './assumptions/people.ts';
import { tryRecords } from './assumptions/records.ts';
import { type CreateSettings, tryTestPerson } from './assumptions/test-person.ts';
import { tryValues } from './assumptions/values.ts';
import { openRawReader } from './raw-answer.ts';
import type { Sample } from './sample.ts';
import type { System } from './system.ts';
import { type ThoroughReport, thoroughReportOf } from './thorough-report.ts';

/** The longest that all of it may take, in milliseconds. */
const longestCheckMs = 300_000;

/**
 * Tries what the program assumes of a Charitylog system, by reading alone: everybody is read once, and the answers to
 * further questions are held against that. Nothing that is found of anybody leaves this process.
 *
 * @param writeTestPerson also adds one made-up person: for a test system only
 * @throws CharitylogError `config` where that is asked for and the program may not write
 */
export async function checkThoroughly(config: Config, { writeTestPerson = false } = {}): Promise<ThoroughReport> {
  if (writeTestPerson && config.readOnly) {
    throw new CharitylogError(
      'config',
      'nothing was tried: --write-test-person writes, and CHARITYLOG_READ_ONLY is set.',
    );
  }
  const signal = AbortSignal.timeout(longestCheckMs);
  let answers = 0;
  const observer = { apiRequest: ({ status }: { status: number | 'none' }) => void (status === 200 && answers++) };
  const api = new CharitylogClient(config, observer);
  const raw = await openRawReader(config);
  const catalogue = new Catalogue(api, { hiddenFields: config.hiddenFields });
  try {
    const connection = await linesOf('keys', () => tryConnection(api, signal));
    if (connection[0]?.verdict !== 'holds') {
      return thoroughReportOf([...connection, notTried('everything else', 'it needs the keys')]);
    }
    const rest = await linesOf('everything else', async () => {
      const lists = await catalogue.fields({ signal });
      const read: System['raw'] = path => raw.read(path, signal);
      const system = { api, catalogue, lists, signal, raw: read, answers: () => answers };
      return tryAll(system, writeTestPerson ? config : undefined);
    });
    return thoroughReportOf([...connection, ...rest]);
  } finally {
    await Promise.all([api.close(), raw.close()]);
  }
}

/** @param creates how to add the made-up person; nobody is added without */
async function tryAll(system: System, creates: CreateSettings | undefined): Promise<readonly Line[]> {
  const { sample, lines } = await readEverybody(system);
  if (!sample) return [...lines, notTried('everything else', 'it needs people to read')];
  const added = creates
    ? () => tryTestPerson(system, sample, creates)
    : async () => [notTried('a new person', 'asked for by --write-test-person')];
  return [...lines, ...(await tryWith(sample, system)), ...(await linesOf('a new person', added))];
}

async function tryWith(sample: Sample, system: System): Promise<readonly Line[]> {
  const groups = [
    ['who comes', tryPeople],
    ['answers', tryAnswers],
    ['records', tryRecords],
    ['fields', tryFields],
    ['values', tryValues],
    ['options', tryDictionaries],
    ['filters', tryFilters],
  ] as const;
  const lines: Line[] = [];
  for (const [name, tryGroup] of groups) lines.push(...(await linesOf(name, () => tryGroup(system, sample))));
  return [...lines, notTried('reports (dimension, metric)', 'the program asks for none: it counts records')];
}
