/** A copy of the service in a process of its own, for tests that kill it: adds one person. */
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { CharitylogClient } from '../../src/charitylog/client.ts';
import { createPersonFor } from '../../src/mcp/tools/create-person.ts';
import { ConfirmTokens } from '../../src/people/adding/confirm-token.ts';
import { Memory } from '../../src/people/asking/recent-answers.ts';
import { openRedis } from '../../src/serving/copies/redis.ts';
import { RedisLedger } from '../../src/serving/copies/redis-ledger.ts';
import { loadConfig } from '../../src/settings/config.ts';

const [redisUrl = '', identity = '', secret = '', person = ''] = process.argv.slice(2);
const config = loadConfig(process.env);
const people = new CharitylogClient(config);
const log = (line: string) => void process.stderr.write(`${line}\n`);
const ledger = new RedisLedger({ redis: await openRedis(redisUrl, log), identity, system: 'a system', secret, log });
await createPersonFor([]).call(JSON.parse(person), {
  people,
  config,
  catalogue: new Catalogue(people),
  memory: new Memory(Date.now, ledger),
  tokens: new ConfirmTokens(() => secret, config.baseUrl),
  host: { canAsk: false, answer: undefined, state: undefined },
  endedLate: () => undefined,
  progress: () => undefined,
  signal: new AbortController().signal,
});
