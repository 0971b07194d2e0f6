import { everything, gatewayOn, oursOn } from '../contenders/contenders.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';

const people = 500;

/** Searches whose answers are short, as most are: the volunteers of one district. */
const districts = ['Eastwick', 'Westbrook', 'Northmoor', 'Southmere', 'Millbeck', 'Harrowfield', 'Castle Wynd'];
export const searches = districts.map(district => ({ type: 'Volunteers', district }));

/** A search as our server takes it, and the API request that it sends. */
export interface Search {
  readonly args: Readonly<Record<string, unknown>>;
  readonly path: string;
}

export const typesPath = '/dictionary/client_type';

/** Our server, the gateway and the server of examples over stdio, and the sandbox that the first two ask. */
export interface Field {
  readonly sandbox: SandboxProcess;
  readonly ours: McpProcess;
  readonly gateway: McpProcess;
  readonly everything: McpProcess;
  readonly searches: readonly Search[];
  close(): Promise<void>;
}

/** Starts all, and has our server load what it keeps: the lists of fields, the types and the districts. */
export async function openField(): Promise<Field> {
  const sandbox = await SandboxProcess.start(people);
  const starts = [oursOn(sandbox), gatewayOn(sandbox), everything];
  const [ours, gateway, examples] = starts.map(({ start }) => new McpProcess(start)) as [
    McpProcess,
    McpProcess,
    McpProcess,
  ];
  for (const server of [ours, gateway, examples]) await server.initialize();
  return {
    sandbox,
    ours,
    gateway,
    everything: examples,
    searches: await learnSearches(ours, sandbox),
    async close() {
      for (const server of [ours, gateway, examples]) await server.close();
      await sandbox.close();
    },
  };
}

/** Asks each search once, and looks into the sandbox's log for what it became. */
export async function learnSearches(ours: McpProcess, sandbox: SandboxProcess): Promise<Search[]> {
  await ours.callWell('list_client_types');
  const learnt: Search[] = [];
  for (const args of searches) {
    await ours.callWell('search_people', args);
    const path = (await sandbox.newRequests()).findLast(request => request.startsWith('GET /clients/'))?.slice(4);
    if (path === undefined) throw new Error(`no request was seen for ${JSON.stringify(args)}`);
    learnt.push({ args, path });
  }
  return learnt;
}

/** The nth of a list that begins anew at its end. */
export function nth<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}
