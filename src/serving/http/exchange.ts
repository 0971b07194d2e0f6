import type { ServerResponse } from 'node:http';
import {
  type JSONRPCMessage,
  type McpServer,
  type MessageClassification,
  PerRequestHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { cleanJson } from '../../base/visible-text.ts';
import type { CleanTransport } from '../../mcp/clean-server.ts';
import { type Accepted, withoutProgress } from './answer-form.ts';
import type { OpenRequest } from './open-requests.ts';
import type { PlainRequest } from './plain-request.ts';
import { ended, send } from './responses.ts';

/** How often a stream of events says that it lives, in milliseconds. */
const keepAliveMs = 15_000;

/** How a plain request is answered. */
export interface ExchangeOptions {
  readonly plain: PlainRequest;
  readonly accepted: Accepted;
  readonly open: OpenRequest;
}

/**
 * Answers a plain request by this server, straight onto the socket: a caller who goes away cancels it.
 *
 * @returns once the server has the message
 */
export async function answerPlain(
  response: ServerResponse,
  server: McpServer,
  { plain, accepted, open }: ExchangeOptions,
): Promise<void> {
  const { message, classification, session } = plain;
  const exchange = new Exchange(response, classification, session);
  await server.connect(exchange);
  if (open.isAborted) return send(response, ended(message));
  // An answered request leaves nothing to be ended.
  response.once('close', () => response.writableEnded || exchange.close());
  open.onAbort(() => exchange.end(ended(message)));
  if (accepted === 'sse') exchange.openStream();
  exchange.onmessage?.(accepted === 'json' ? withoutProgress(message) : message, { classification });
}

/** The transport of one request and its answer, which leaves as one piece unless a notification comes before it. */
class Exchange extends PerRequestHTTPServerTransport implements CleanTransport {
  readonly cleans = true;
  readonly sessionId: string | undefined;
  readonly #response: ServerResponse;
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, classification: MessageClassification, session: string | undefined) {
    super({ classification });
    this.#response = response;
    this.sessionId = session;
  }

  /** Begins a stream of events. */
  openStream(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    this.#keepAlive = setInterval(() => this.#response.write(': keepalive\n\n'), keepAliveMs).unref();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    if (this.#response.writableEnded) return;
    const { json } = cleanJson(message);
    const isAnswer = !('method' in message);
    if (isAnswer && !this.#response.headersSent) {
      const length = Buffer.byteLength(json);
      this.#response.writeHead(200, { 'content-type': 'application/json', 'content-length': length }).end(json);
      return;
    }
    if (!this.#response.headersSent) this.openStream();
    this.#response.write(`event: message\ndata: ${json}\n\n`);
    if (!isAnswer) return;
    clearInterval(this.#keepAlive);
    this.#response.end();
  }

  /** Ends the request before its answer: with this one, unless a stream has begun. */
  end(answer: Response): void {
    if (this.#response.headersSent) this.#response.end();
    else send(this.#response, answer).catch(() => this.#response.destroy());
    void this.close();
  }

  override async close(): Promise<void> {
    clearInterval(this.#keepAlive);
    await super.close();
  }
}
