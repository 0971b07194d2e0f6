/**
 * Our server on stdio without pacing: with as many reads under way at once as a measure has calls in flight. Bundled and
 * started by `contenders.ts`.
 */
import '../../src/zod-settings.ts';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { loadConfig } from '../../src/config.ts';
import { optimizeSooner } from '../../src/hot-code.ts';
import { openIdentity } from '../../src/identity.ts';
import { unobserved } from '../../src/observer.ts';
import { buildServer } from '../../src/server.ts';
import { GatheringTransport } from '../../src/transports/gathering-transport.ts';

const config = { ...loadConfig(process.env), unpacedReads: 64 };
const identity = openIdentity(config, { observer: unobserved, report: () => undefined });
serveStdio(({ era }) => buildServer(identity, era), { transport: new GatheringTransport() });
optimizeSooner();
process.stdin.once('end', () => process.exit());
