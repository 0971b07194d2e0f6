import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';

/**
 * The SDK's transport on stdin and stdout, which writes together what is ready together: each write wakes the client,
 * and that takes longer than the rest of a short answer.
 */
export class GatheringTransport extends StdioServerTransport {
  override send(...args: Parameters<StdioServerTransport['send']>): Promise<void> {
    if (process.stdout.writableCorked === 0) {
      process.stdout.cork();
      setImmediate(() => process.stdout.uncork());
    }
    return super.send(...args);
  }

  override close(): Promise<void> {
    process.stdout.uncork();
    return super.close();
  }
}
