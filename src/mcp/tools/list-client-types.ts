import { integerId } from '../../charitylog/values.ts';
import { readArguments, readingAnnotations, type Tool } from '../tool.ts';

export const listClientTypes: Tool = {
  name: 'list_client_types',
  title: 'List client types',
  description:
    'Lists the types of people this charity keeps, with their ids. The other tools take types by name, so it is seldom ' +
    'needed before them. Returns types.',
  annotations: readingAnnotations,
  example: {},
  arguments: () => [],

  async call(input, { catalogue, signal }) {
    readArguments(listClientTypes, input, catalogue.latestFields);
    const types = await catalogue.types(signal);
    return { types: types.map(({ id, name }) => ({ id: integerId(id) ?? id, name })) };
  },

  audited: () => ({}),
};
