/**
 * Our server on stdio without pacing: with as many reads under way at once as a measure has calls in flight. Bundled and
 * started by `contenders.ts`.
 */
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { unobserved } from '../../src/base/observer.ts';
import { buildServer } from '../../src/mcp/server.ts';
import { openIdentity } from '../../src/serving/identity.ts';
import { StdioTransport } from '../../src/serving/stdio-transport.ts';
import { loadConfig } from '../../src/settings/config.ts';

const config = { ...loadConfig(process.env), unpacedReads: 64 };
const identity = openIdentity(config, { observer: unobserved, report: () => undefined });
serveStdio(({ era }) => buildServer(identity, era), { transport: new StdioTransport() });
process.stdin.once('end', () => process.exit());
