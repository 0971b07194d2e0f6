import { readFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Stdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as V1Http } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, test } from 'vitest';
import { OneProcessTransport } from '../support/clients.ts';
import { atEnd, startOnce } from '../support/lifetime.ts';
import { startService } from '../support/service.ts';
import { drawing } from '../support/views.ts';

const views = { count_people: 'breakdown', search_people: 'people', create_person: 'review' };
const names = Object.values(views);
const uriOf = (view: string) => `ui://charitylog/${view}.html`;
const info = { name: 'host', version: '1' };
const stdio = { command: process.execPath, args: ['dist/cli.js', '--sandbox', '--people', '20'] };

/** The part of a client that is used here. */
interface Host {
  listTools(): Promise<{ tools: { name: string; _meta?: Record<string, unknown> | undefined }[] }>;
  listResources(): Promise<{ resources: { uri: string }[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: { uriTemplate: string }[] }>;
  readResource(params: { uri: string }): Promise<{ contents: object[] }>;
  callTool(params: { name: string; arguments: Record<string, unknown> }): Promise<object>;
}

let url: URL;
startOnce(async () => {
  url = new URL((await startService({}, ['--sandbox', '--people', '20'])).url);
});

type Connect = (capabilities: object) => Promise<Host>;

const v2 =
  (era: 'modern' | 'legacy', isHttp: boolean): Connect =>
  async capabilities => {
    const mode = era === 'modern' ? { pin: '2026-07-28' } : ('legacy' as const);
    const client = new Client(info, { capabilities, versionNegotiation: { mode } });
    await client.connect(isHttp ? new StreamableHTTPClientTransport(url) : new OneProcessTransport(stdio));
    atEnd(() => client.close());
    return client as Host;
  };

const v1 =
  (isHttp: boolean): Connect =>
  async capabilities => {
    const client = new V1Client(info, { capabilities });
    await client.connect(isHttp ? (new V1Http(url) as never) : new V1Stdio(stdio));
    atEnd(() => client.close());
    return client as Host;
  };

const drawsOther = { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html'] } } };

// Each connection over stdio starts a program.
describe.each([
  ['modern era, stdio', v2('modern', false), [drawsOther]],
  ['legacy era, stdio', v2('legacy', false), [{}]],
  ['v1 client, stdio', v1(false), [{}]],
  ['modern era, HTTP', v2('modern', true), [{}, drawsOther]],
  ['legacy era, HTTP', v2('legacy', true), [{}, drawsOther]],
  ['v1 client, HTTP', v1(true), [{}, drawsOther]],
])('views (%s)', (_, connect, others) => {
  test('are pointed to and listed for a client that draws them, and read by it', async () => {
    const host = await connect(drawing);
    const { tools } = await host.listTools();
    const pointers = tools.flatMap(({ name, _meta }) => (_meta ? [[name, _meta]] : []));
    const pointer = (view: string) => ({ ui: { resourceUri: uriOf(view), visibility: ['model', 'app'] } });
    expect(Object.fromEntries(pointers)).toEqual(
      Object.fromEntries(Object.entries(views).map(([tool, view]) => [tool, pointer(view)])),
    );
    const { resources } = await host.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(expect.arrayContaining(names.map(uriOf)));
    for (const view of names) {
      const uri = uriOf(view);
      const text = readFileSync(`dist/views/${view}.html`, 'utf8');
      const _meta = { ui: { csp: { connectDomains: [], resourceDomains: [] }, prefersBorder: true } };
      const mimeType = 'text/html;profile=mcp-app';
      expect((await host.readResource({ uri })).contents).toEqual([{ uri, mimeType, text, _meta }]);
    }
    const args = { first_name: 'Agnieszka', surname: 'Kowalska', type: 'Volunteers' };
    const review = await host.callTool({ name: 'create_person', arguments: args });
    expect(review).toMatchObject({ _meta: { 'charitylog/review': { payload: args } } });
    const { type: _, ...untyped } = args;
    const byDefault = await host.callTool({ name: 'create_person', arguments: untyped });
    expect(byDefault).toMatchObject({
      _meta: { 'charitylog/review': { payload: { ...untyped, type: 'Clients (the default)' } } },
    });
  });

  test('are nothing to a client that draws none', async () => {
    for (const capabilities of others) {
      const host = await connect(capabilities);
      expect(JSON.stringify(await host.listTools())).not.toContain('ui://');
      expect(JSON.stringify(await host.listResources())).not.toContain('ui://');
      expect(JSON.stringify(await host.listResourceTemplates())).not.toContain('ui://');
      const args = { first_name: 'Agnieszka', surname: 'Kowalska' };
      const answer = await host.callTool({ name: 'create_person', arguments: args });
      expect(JSON.stringify(answer)).not.toContain('charitylog/review');
    }
  });
});

test.each(names)('%s is one file of at most 130 kB that loads nothing', view => {
  const html = readFileSync(`dist/views/${view}.html`, 'utf8');
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(130_000);
  expect(html).not.toMatch(/\b(src|href|@import|url\()/);
});

test('a view that is not there is not found', async () => {
  const host = await v2('legacy', true)(drawing);
  await expect(host.readResource({ uri: uriOf('none') })).rejects.toThrow(/not found/i);
});

test('a host that draws no view adds nobody where only a click may, and hears what the administrator can set', async () => {
  const client = new Client(info, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(new OneProcessTransport({ ...stdio, env: { CHARITYLOG_CONFIRM: 'view' } }));
  atEnd(() => client.close());
  const call = async (args: object) =>
    (await client.callTool({ name: 'create_person', arguments: { first_name: 'Ines', surname: 'Quarmby', ...args } }))
      .structuredContent;
  for (const args of [{}, { dry_run: true }]) {
    const told = await call(args);
    expect(told).toMatchObject({ next: expect.stringMatching(/Nothing was added.*CHARITYLOG_CONFIRM/) });
    expect(told).not.toHaveProperty('confirm_token');
  }
});
