import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { completionStandIn, type StandIn, standIns } from './stand-ins.ts';

interface Message {
  method?: string;
  params?: Record<string, unknown>;
}

/** The name of our one question to the person at the host. */
const ownQuestion = 'confirm';

/** Passes requests on to the service with the stand-ins in place, and all others byte by byte. */
export async function startRelay(servicePort: number): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    relay(incoming, outgoing, servicePort).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function relay(incoming: IncomingMessage, outgoing: ServerResponse, port: number): Promise<void> {
  const body = await text(incoming);
  const message = parse(body);
  const standIn = standInFor(message);
  const sent = standIn ? JSON.stringify(withStandIn(message, standIn)) : body;
  const headers = { ...incoming.headers };
  if (headers['content-length'] !== undefined) headers['content-length'] = String(Buffer.byteLength(sent));
  const named = nameOf(message);
  const ownName = standIn?.params.name ?? standIn?.params.uri;
  // A header that differs from the body's name is there to be refused.
  if (named !== undefined && ownName !== undefined && headers['mcp-name'] === named)
    headers['mcp-name'] = String(ownName);
  const onward = request({ host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers });
  outgoing.once('close', () => onward.destroy());
  onward.end(sent);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  if (standIn?.question === undefined) {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    return;
  }
  const { 'content-length': _, ...rest } = answer.headers;
  const renamed = (await text(answer)).replace(`"${ownQuestion}":{`, `"${standIn.question}":{`);
  outgoing.writeHead(answer.statusCode ?? 502, rest).end(renamed);
}

function parse(body: string): Message {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

function nameOf({ params }: Message): string | undefined {
  const name = params?.name ?? params?.uri;
  return typeof name === 'string' ? name : undefined;
}

function standInFor(message: Message): StandIn | undefined {
  if (message.method === 'completion/complete') return completionStandIn;
  const name = nameOf(message);
  return name !== undefined && Object.hasOwn(standIns, name) ? standIns[name] : undefined;
}

function withStandIn(message: Message, { params, question }: StandIn): Message {
  const changed: Record<string, unknown> = { ...message.params, ...params };
  const { inputResponses } = changed;
  if (question !== undefined && typeof inputResponses === 'object' && inputResponses !== null) {
    const renamed = Object.entries(inputResponses).map(([key, value]) => [key === question ? ownQuestion : key, value]);
    changed.inputResponses = Object.fromEntries(renamed);
  }
  return { ...message, params: changed };
}
