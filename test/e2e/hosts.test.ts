import { Client } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { OneProcessTransport } from '../support/clients.ts';
import { atEnd, startOnce } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

async function connect(era: 'modern' | 'legacy', env: Record<string, string>) {
  const mode = era === 'modern' ? { pin: '2026-07-28' } : ('legacy' as const);
  const client = new Client({ name: 'host', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new OneProcessTransport({ command: process.execPath, args: ['dist/cli.js'], env }));
  atEnd(() => client.close());
  return client;
}

const textOf = (result: { contents: readonly object[] }) => JSON.parse((result.contents[0] as { text: string }).text);

let sandbox: Sandbox;

startOnce(async () => {
  sandbox = await useSandbox({ people: 2100, system: { paging: 'meta' } });
});

describe.each(['modern', 'legacy'] as const)('a host of the %s era', era => {
  let client: Client;
  let keyless: Client;

  startOnce(async () => {
    client = await connect(era, settingsFor(sandbox));
    keyless = await connect(era, { CHARITYLOG_READ_ONLY: 'yes' });
  });

  test('reads types, fields and people as resources', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(resource => resource.uri)).toEqual(['charitylog://client-types', 'charitylog://fields']);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(template => template.uriTemplate)).toEqual(['charitylog://people/{id}']);
    expect(textOf(await client.readResource({ uri: 'charitylog://client-types' })).types).toContainEqual({
      id: 7,
      name: 'Volunteers',
    });
    expect(textOf(await client.readResource({ uri: 'charitylog://fields' })).fields.length).toBeGreaterThan(40);
    expect(textOf(await client.readResource({ uri: 'charitylog://people/5' })).person).toMatchObject({
      id: 5,
      surname: 'Kowalska',
    });
  });

  test('is told when a person or the keys are not there', async () => {
    await expect(client.readResource({ uri: 'charitylog://people/999999' })).rejects.toThrow(
      /no person with id 999999/,
    );
    await expect(client.readResource({ uri: 'charitylog://people/abc' })).rejects.toThrow(/id takes a whole number/);
    await expect(keyless.readResource({ uri: 'charitylog://client-types' })).rejects.toThrow(/CHARITYLOG_SOURCE_KEY/);
  });

  test('offers prompts with the names of types, fields and options', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(prompt => prompt.name)).toEqual([
      'find_person',
      'people_breakdown',
      'register_person',
      'add_people_from_list',
    ]);
    const complete = async (name: string, argument: { name: string; value: string }, args?: Record<string, string>) => {
      const ref = { type: 'ref/prompt' as const, name };
      return (await client.complete({ ref, argument, ...(args && { context: { arguments: args } }) })).completion
        .values;
    };
    expect(await complete('find_person', { name: 'type', value: 'vol' })).toEqual(['Volunteers']);
    expect(await complete('people_breakdown', { name: 'by', value: 'dist' })).toEqual(['district']);
    expect(await complete('find_person', { name: 'value', value: 'po' }, { field: 'main_language' })).toEqual([
      'Polish',
      'Portuguese',
    ]);
    expect(await complete('find_person', { name: 'constructor', value: '' })).toEqual([]);
    const { messages } = await client.getPrompt({
      name: 'register_person',
      arguments: { first_name: 'Jo', surname: 'Smith', type: 'Volunteers' },
    });
    expect(JSON.stringify(messages)).toContain('Register Jo Smith as Volunteers');
  });

  test('is told what is wrong with the arguments of a prompt, and which prompts there are', async () => {
    const wrong = client.getPrompt({ name: 'register_person', arguments: { first_name: 'Jo', last: 'Smith' } });
    await expect(wrong).rejects.toThrow(/no argument "last"; arguments: first_name, surname, type.*surname is missing/);
    const ref = { type: 'ref/prompt' as const, name: 'add_person' };
    const unknown = client.complete({ ref, argument: { name: 'type', value: '' } });
    await expect(unknown).rejects.toThrow('no prompt "add_person" here. Prompts: find_person, people_breakdown');
  });

  test('is offered no prompt to register under read-only, and no completion without keys', async () => {
    const { prompts } = await keyless.listPrompts();
    expect(prompts.map(prompt => prompt.name)).toEqual(['find_person', 'people_breakdown']);
    const ref = { type: 'ref/prompt' as const, name: 'find_person' };
    expect((await keyless.complete({ ref, argument: { name: 'type', value: '' } })).completion.values).toEqual([]);
  });

  test('sees a long read progress', async () => {
    // One page of 25 takes longer than the half second in which nothing new is told.
    sandbox.misbehave({ kind: 'slow', ms: 600, path: '/clients/field/', skip: 60, times: 1 });
    const seen: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => void seen.push(progress);
    await client.callTool({ name: 'count_people', arguments: { name: 'Smith' } }, { onprogress });
    expect(seen).toEqual([1000, 2000]);
  });
});
