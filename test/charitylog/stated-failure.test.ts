import { describe, expect, test } from 'vitest';
import { messageOf, statedFailure } from '../../src/charitylog/stated-failure.ts';

describe('an answer that says that it failed', () => {
  test.each<[unknown, string, number?]>([
    [{ status: 'error', message: 'Access denied', data: [] }, 'Access denied'],
    [{ status: 'Error', msg: 'Access denied', clients: [] }, 'Access denied'],
    [{ status: false }, ''],
    [{ status: 'false', data: null }, 'false'],
    [{ status: 'fail', data: { surname: 'is required' } }, 'fail'],
    [{ STATUS: 'FAILURE', MESSAGE: 'No licence' }, 'No licence'],
    [{ code: 403, data: null }, '', 403],
    [{ code: '403', message: 'Not for you', data: [] }, 'Not for you', 403],
    [{ status: 404, error: 404, messages: { error: 'No route' } }, 'No route', 404],
    [{ status: '401 Unauthorized', data: {} }, '401 Unauthorized', 401],
    [{ statusCode: 429, message: 'Slow down', results: [] }, 'Slow down', 429],
    [{ name: 'Not Found', message: 'Page not found.', code: 0, status: 404 }, 'Page not found.', 404],
    [{ code: 'rest_forbidden', message: 'Sorry', data: { status: 401 } }, 'Sorry', 401],
    [{ ok: 0 }, ''],
    [{ ok: 'N', data: [] }, ''],
    [{ success: false, message: 'Refused' }, 'Refused'],
    [{ success: 'false', reference: 'A-17' }, ''],
    [{ success: 0, records: [] }, ''],
    [{ result: 'failed' }, 'failed'],
    [{ result: false, reason: 'Key expired' }, 'Key expired'],
    [{ outcome: 'denied' }, 'denied'],
    [{ isError: true, text: 'Bad' }, 'Bad'],
    [{ error: 'No such field' }, 'No such field'],
    [{ error: true, message: 'Broken' }, 'Broken'],
    [{ error: 1, message: 'Broken' }, 'Broken'],
    [{ error: { code: 403, message: 'Not for you' } }, 'Not for you', 403],
    [{ errors: ['One', { email: ['Two'] }] }, 'One Two'],
    [{ errors: [{ status: '403', title: 'Forbidden', detail: 'Not for you' }] }, '403 Forbidden Not for you'],
    [{ error_code: 17, error_message: 'Locked', data: [] }, 'Locked'],
    [{ fault: { faultstring: 'Bad call' } }, 'Bad call'],
    [{ response: { success: false, message: 'No' }, data: [] }, 'No'],
    [{ response: { status: 'error', data: [] } }, 'error'],
    [{ meta: { code: 400, error_message: 'Bad token' }, data: [] }, 'Bad token', 400],
    [{ status: { code: 403, message: 'Closed' }, clients: [] }, 'Closed', 403],
    [{ header: { result: 'ERROR', text: 'Down' }, body: null }, 'Down'],
    [{ type: 'error', data: [] }, ''],
    [{ authenticated: false, data: [] }, ''],
    [{ response: 'error', data: [] }, 'error'],
    [{ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'No' } }, 'No'],
    [{ success: true, errors: ['One field is wrong'], data: [] }, 'One field is wrong'],
    [{ id: 7, error: 'Not yours' }, 'Not yours'],
    [{ data: [{ id: 1 }], error: 'half done' }, 'half done'],
  ])('%j', (json, message, status) => {
    expect(statedFailure(json)).toMatchObject({ message, status });
  });

  test.each<[unknown]>([
    [{ message: 'Unauthenticated.' }],
    [{ message: 'Your licence has expired', data: [] }],
    [{ msg: 'You do not have permission', clients: [] }],
    [{ status: 'starting', data: [] }],
    [{ messages: [{ type: 'error', text: 'Not you' }], data: [] }],
    [{ status: 0, data: [] }],
    [{ code: 1045, data: [] }],
    [{ code: 200, message: 'Access denied', data: [] }],
    [{ data: { message: 'Session expired', clients: [] } }],
  ])('or with which nobody can have come: %j', json => {
    expect(statedFailure(json)).toMatchObject({ certainty: 'inferred' });
  });
});

describe('an answer that does not say that it failed', () => {
  test.each<[unknown]>([
    [undefined],
    [[]],
    [{}],
    [{ data: [] }],
    [{ data: null }],
    [{ error: null, errors: [], data: [] }],
    [{ error: false, data: [] }],
    [{ error: '', errors: {}, data: [] }],
    [{ error: 0, error_message: '', data: [] }],
    [{ error: 'none', data: [] }],
    [{ errors: { email: [] }, data: [] }],
    [{ error: { code: 0, message: 'OK' }, data: [] }],
    [{ errors: 0, error_code: '0', data: [] }],
    [{ code: 200, data: [] }],
    [{ code: 0, message: '', data: [] }],
    [{ code: 1, message: 'ok', data: [] }],
    [{ code: '200', status: 'OK', message: 'Success', data: [] }],
    [{ status: 'ok', data: [] }],
    [{ status: 'Success', message: '0 records found', data: [] }],
    [{ status: 200, message: 'No matching clients', data: [] }],
    [{ status: 1, data: [] }],
    [{ status: true, data: [] }],
    [{ success: true, message: 'Done' }],
    [{ success: 1, message: 'No errors', data: [] }],
    [{ ok: 1, clients: [] }],
    [{ ok: 'Y', clients: [] }],
    [{ result: 'success', records: [] }],
    [{ result: [{ id: 1 }] }],
    [{ message: 'No records found', data: [] }],
    [{ meta: { code: 200 }, data: [] }],
    [{ failed: false, data: [] }],
    [{ type: 'list', draw: 1, data: [] }],
  ])('of nobody: %j', json => {
    expect(statedFailure(json)).toBeUndefined();
  });

  test.each<[unknown]>([
    [{ 1: 'Clients', 2: 'Error', 3: 'Failed' }],
    [{ data: { 1: 'error', 2: 'denied' } }],
    [{ id: 'Id', surname: 'Surname', status: 'Status', error: 'Error', code: 'Code', message: 'Message' }],
    [{ error: { label: 'Error', type: 'text' }, surname: { label: 'Surname' } }],
    [{ ok: 5, error: 2, pending: 3 }],
    [[{ id: 1, error: 'x' }]],
    [{ id: 7, surname: 'Quarmby', status: 'Rejected', code: 404, message: 'ring first', error: 'none' }],
    [{ data: { id: 7, surname: 'Quarmby', error: 'wrong number' } }],
    [{ data: [{ id: 7, error: 'wrong number' }], status: 'live' }],
    [{ status: 'live', version: '4.1', message: 'Welcome' }],
    [{ status: 'cached', message: 'from last night', data: [{ id: 7 }] }],
  ])('of data whose names are like those: %j', json => {
    expect(statedFailure(json)).toBeUndefined();
  });

  test('of a record without its id, where a field that was asked for tells it from an answer', () => {
    const record = { surname: 'Quarmby', status: 'Rejected' };
    expect(statedFailure(record, json => 'surname' in json)).toBeUndefined();
    expect(statedFailure({ data: record }, json => 'surname' in json)).toBeUndefined();
    expect(statedFailure({ status: 'error', message: 'No' }, json => 'surname' in json)).toMatchObject({
      message: 'No',
    });
  });
});

test('what is nested deeper than any stack is looked at all the same', () => {
  const deep = (inner: string) =>
    JSON.parse(`${inner.repeat(100_000)}1${inner === '[' ? ']'.repeat(100_000) : '}'.repeat(100_000)}`);
  expect(statedFailure({ error: deep('[') })).toMatchObject({ message: '' });
  expect(statedFailure(deep('{"error":'))).toMatchObject({ message: '' });
  expect(statedFailure(deep('{"data":'))).toBeUndefined();
  expect(messageOf({ message: 'x'.repeat(1_000_000) })).toHaveLength(2000);
});
