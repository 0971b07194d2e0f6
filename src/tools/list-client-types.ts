import { integerId } from '../charitylog/decode.ts';
import { inputSchema, parseArguments } from './arguments.ts';
import { readingAnnotations, type Tool } from './tool.ts';

const help = { tool: 'list_client_types', example: {} };

export const listClientTypes: Tool = {
  name: 'list_client_types',
  title: 'List client types',
  description:
    'Lists the types of people this charity keeps on Charitylog (clients, carers, volunteers, staff, ...) with their ids. ' +
    'Use it to see which types exist; search_people and create_person take a type by name, so it is not needed before them. ' +
    'Changes nothing. Returns {types: [{id, name}]}; ids differ from charity to charity.',
  annotations: readingAnnotations,
  schema: () => inputSchema([]),
  async call(input, { catalogue, signal }) {
    parseArguments([], input, help);
    const types = await catalogue.types(signal);
    return { types: types.map(({ id, name }) => ({ id: integerId(id) ?? id, name })) };
  },
};
