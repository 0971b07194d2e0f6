import { integerId } from '../../charitylog/values.ts';
import { inputSchema, parseArguments } from '../arguments/parse.ts';
import { readingAnnotations, type Tool } from '../tool.ts';

const help = { tool: 'list_client_types', example: {} };

export const listClientTypes: Tool = {
  name: 'list_client_types',
  title: 'List client types',
  description:
    'Lists the types of people this charity keeps, with their ids. The other tools take types by name, so it is seldom ' +
    'needed before them. Returns types.',
  annotations: readingAnnotations,
  schema: () => inputSchema([]),
  async call(input, { catalogue, signal }) {
    parseArguments([], input, help);
    const types = await catalogue.types(signal);
    return { types: types.map(({ id, name }) => ({ id: integerId(id) ?? id, name })) };
  },
};
