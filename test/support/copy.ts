/** A copy of the service in a process of its own, for tests that kill it: adds one person. */
import { unobserved } from '../../src/base/observer.ts';
import { createPersonFor } from '../../src/mcp/tools/create-person.ts';
import { openRedis } from '../../src/serving/copies/redis.ts';
import { RedisLedger } from '../../src/serving/copies/redis-ledger.ts';
import { openIdentity } from '../../src/serving/identity.ts';
import { loadConfig } from '../../src/settings/config.ts';

const [redisUrl = '', identity = '', secret = '', person = ''] = process.argv.slice(2);
const report = (line: string) => void process.stderr.write(`${line}\n`);
const redis = await openRedis(redisUrl, report);
const ledger = new RedisLedger({ redis, identity, system: 'a system', secret, log: report });
await createPersonFor({ requiredFields: [], createMark: undefined }).call(JSON.parse(person), {
  ...openIdentity(loadConfig(process.env), { observer: unobserved, report, ledger }),
  user: () => ({ canAsk: false, seesReview: false, answer: undefined, state: undefined }),
  noteSending: async () => undefined,
  reportLateOutcome: () => undefined,
  progress: () => undefined,
  waiting: { signal: new AbortController().signal },
});
