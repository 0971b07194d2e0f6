import type { Switches } from '../../src/sandbox/sandbox.ts';

/** A few whole systems, as different as plausible ones are; each form of an answer is in one of them at least. */
export const namedSystems: Readonly<Record<string, Partial<Switches>>> = {
  usual: {},
  wrapped: {
    ...{ wrap: 'data', single: 'wrapped', type: 'list', blanks: 'null' },
    ...{ fields: 'name', created: 'data', counts: 'list' },
  },
  phpMap: {
    ...{ people: 'map', single: 'list', ids: 'string', type: 'semicolon', blanks: 'empty' },
    ...{ dictionary: 'map', fields: 'map', created: 'string' },
  },
  phpRows: {
    ...{ single: 'list', ids: 'string', type: 'comma', blanks: 'empty' },
    ...{ dictionary: 'value', fields: 'field', created: 'list', none: 'null', counts: 'list' },
  },
  wrappedMap: {
    ...{ people: 'map', wrap: 'clients', single: 'list', blanks: 'null' },
    ...{ dictionary: 'map-object', fields: 'map-object', created: 'client_id', none: 'empty-body' },
  },
  results: { wrap: 'results', single: 'list', type: 'list', dictionary: 'label', fields: 'key', none: '404' },
  records: { wrap: 'records', ids: 'string', dictionary: 'description', created: 'number', none: 'null' },
};
