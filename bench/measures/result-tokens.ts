import { gatewayOn, oursOn } from '../contenders/contenders.ts';
import { gatewayCall } from '../contenders/gateway-call.ts';
import { table, times } from '../support/markdown.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { tokensOf } from '../support/tokens.ts';
import { atMost, type Measure } from './measure.ts';

const shortForm = 'field/id;first_name;surname;type;active;deceased';

/** A question of staff: our server's call, and the API requests that answer it, with the fewest fields that do and with all. */
interface FixedQuestion {
  readonly ask: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** What has to be known first: the ids of types and options. */
  readonly lookUps: readonly string[];
  /** As one would ask it first. */
  readonly whole: string;
  /** With the fields chosen, and ids as names, by somebody who knows how. */
  readonly chosen: string;
}

const nameSearch = 'Find Agnieszka Kowalska.';

const questions: readonly FixedQuestion[] = [
  {
    ask: 'Which volunteers in Eastwick speak Polish?',
    tool: 'search_people',
    args: { type: 'Volunteers', district: 'Eastwick', main_language: 'Polish' },
    lookUps: [
      '/dictionary/client_type',
      '/dictionary/organisations/district',
      '/dictionary/organisations/main_language',
    ],
    whole: '/clients/type/7/district/21/main_language/45',
    chosen: `/clients/type/7/district/21/main_language/45/${shortForm}?resolveIds[]=ALL`,
  },
  {
    ask: 'How many people do we have of each type?',
    tool: 'count_people',
    args: { by: ['type'] },
    lookUps: [],
    whole: '/clients/dimension/type?resolveIds[]=ALL',
    chosen: '/clients/dimension/type?resolveIds[]=ALL',
  },
  {
    ask: 'What do we know about person 37?',
    tool: 'get_person',
    args: { id: 37 },
    lookUps: [],
    whole: '/clients/37?resolveIds[]=ALL',
    chosen: '/clients/37?resolveIds[]=ALL',
  },
  {
    ask: nameSearch,
    tool: 'search_people',
    args: { name: 'Agnieszka Kowalska' },
    lookUps: [],
    whole: '/clients',
    chosen: `/clients/${shortForm}?resolveIds[]=ALL`,
  },
  {
    ask: 'What kinds of people do we keep?',
    tool: 'list_client_types',
    args: {},
    lookUps: [],
    whole: '/dictionary/client_type',
    chosen: '/dictionary/client_type',
  },
];

/** Tokens of the results of one question. */
interface ResultTokens {
  readonly ask: string;
  readonly ours: number;
  readonly whole: number;
  readonly chosen: number;
}

export const resultTokens: Measure<readonly ResultTokens[]> = {
  title: 'Tokens of results',
  notes: `Tokens (o200k) of all results that answer a question, on a sandbox of 500 people. The API can't be asked by name, and \
takes ids: so the gateway's results include the look-up lists that tell the ids, and everybody where a name is sought. "Fields \
chosen" is the gateway used by somebody who knows to ask for only the needed fields, with names in place of ids.`,
  onEachNode: false,

  async measure() {
    const sandbox = await SandboxProcess.start(500);
    const ours = new McpProcess(oursOn(sandbox).start);
    const gateway = new McpProcess(gatewayOn(sandbox).start);
    await Promise.all([ours.initialize(), gateway.initialize()]);
    const throughGateway = async (paths: readonly string[]) => {
      let tokens = 0;
      for (const path of paths) {
        const { tool, args } = gatewayCall(path);
        tokens += tokensOf(await gateway.callWell(tool, args));
      }
      return tokens;
    };
    const results: ResultTokens[] = [];
    for (const { ask, tool, args, lookUps, whole, chosen } of questions) {
      results.push({
        ask,
        ours: tokensOf(await ours.callWell(tool, args)),
        whole: await throughGateway([...lookUps, whole]),
        chosen: await throughGateway([...lookUps, chosen]),
      });
    }
    await Promise.all([ours.close(), gateway.close()]);
    await sandbox.close();
    return results;
  },

  report(results) {
    const rows = [...results, totals('all five', results), withoutNames(results)].map(
      ({ ask, ours, whole, chosen }) => [ask, ours, whole, times(ours, whole), chosen, times(ours, chosen)],
    );
    return table(['question', 'ours', 'the gateway', 'ratio', 'fields chosen', 'ratio'], rows);
  },

  targets(results) {
    const all = totals('', results);
    const others = withoutNames(results);
    return [
      atMost(0.2, '×', 'result tokens of the five questions, to the gateway', all.ours / all.whole),
      atMost(0.2, '×', 'the same, to the gateway with fields chosen', all.ours / all.chosen),
      atMost(0.2, '×', 'the same, without the search by name', others.ours / others.whole),
    ];
  },
};

function totals(ask: string, results: readonly ResultTokens[]): ResultTokens {
  const sum = (figure: 'ours' | 'whole' | 'chosen') => results.reduce((total, result) => total + result[figure], 0);
  return { ask, ours: sum('ours'), whole: sum('whole'), chosen: sum('chosen') };
}

/** The one question for which the gateway has to read everybody outweighs the others, and would hide them. */
function withoutNames(results: readonly ResultTokens[]): ResultTokens {
  const others = results.filter(({ ask }) => ask !== nameSearch);
  return totals('all without the search by name', others);
}
