import { CharitylogError } from '../../base/errors.ts';
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

  async call(input, { catalogue, waiting }) {
    readArguments(listClientTypes, input, catalogue.latestFields);
    const types = await catalogue.types(waiting);
    if (types.length === 0) throw noTypes();
    return { types: types.map(({ id, name }) => ({ id: integerId(id) ?? id, name })) };
  },

  audited: () => ({}),
};

/** Every Charitylog system has types of people, so that an empty list tells of rights, not of types. */
function noTypes(): CharitylogError {
  return new CharitylogError(
    'unreadable',
    'Charitylog shows no client types to this API user, although every system has some. Ids of types can be used ' +
      'meanwhile; the administrator should check what the API user may see.',
    { logText: 'no client types' },
  );
}
