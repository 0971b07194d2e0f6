import { describe, expect, test } from 'vitest';
import { type Part, remainderOf } from '../../src/charitylog/paging.ts';

const twoRows = (surroundings: unknown, more: Partial<Part> = {}): Part => ({
  status: 200,
  headers: {},
  surroundings,
  rows: 2,
  ...more,
});
const first = { known: 2, number: 1 };
const here = 'https://api.example.org/v2/clients?page=2';

describe('the first part of more', () => {
  test.each<[string, unknown, Partial<Part>?]>([
    ['a total', { total: 99 }],
    ['a total as text', { total: '99' }],
    ['a total with a comma', { total: '1,204' }],
    ['a total of another name', { total_count: 99 }],
    ['a count above what came', { count: 3 }],
    ['a total in an object', { total: { value: 99, relation: 'eq' } }],
    ['meta', { meta: { total: 99, last_page: 50 } }],
    ['a last page', { current_page: 1, last_page: 50 }],
    ['pages', { pagination: { page: 1, pages: 50 } }],
    ['pages from 0', { page: { number: 0, totalPages: 2 } }],
    ['one page of several', { page: '1 of 50' }],
    ['total pages', { totalPages: '2' }],
    ['links', { links: { next: here } }],
    ['links with an address within', { _links: { next: { href: '/v2/clients?page=2' } } }],
    [
      'a list of links',
      {
        links: [
          { rel: 'self', href: '/' },
          { rel: 'next', href: '/v2/clients?page=2' },
        ],
      },
    ],
    ['a next', { next: { href: here } }],
    ['paging', { paging: { next: here } }],
    ['a next page', { next_page: 2 }],
    ['a next page from 0', { page: 0, next: 1 }],
    ['a cursor', { meta: { next_cursor: 'MTIz' } }],
    ['a cursor deeper', { paging: { next: { after: 'MTIz' } } }],
    ['a token', { nextPageToken: 'x/y' }],
    ['OData', { '@odata.nextLink': here }],
    ['has_more', { has_more: true }],
    ['hasMore as a number', { hasMore: 1 }],
    ['hasNextPage', { pageInfo: { hasNextPage: true, endCursor: 'x' } }],
    ['truncated', { truncated: 'Y' }],
    ['what is not the last', { last: false, number: 0 }],
    ['what is not complete', { complete: false }],
    ['a paginator within', { meta: { pagination: { count: 2, links: { next: here } } } }],
    ['a status', { status: 'partial' }],
    ['a limit that is reached', { limit: 2, offset: 0 }],
    ['a page size that is reached', { meta: { page: 1, per_page: '2' } }],
    ['a later beginning', { offset: 100 }],
    ['a later page', { page: 3 }],
    ['a Link header', undefined, { headers: { link: `<${here}>; rel="next", <${here}0>; rel="last"` } }],
    ['a Link header without quotes', undefined, { headers: { link: `<${here}>; title="x"; rel=next` } }],
    ['several Link headers', undefined, { headers: { link: ['</a>; rel=prev', `<${here}>; rel="last next"`] } }],
    ['X-Total-Count', undefined, { headers: { 'x-total-count': '99' } }],
    ['X-WP-TotalPages', undefined, { headers: { 'x-wp-totalpages': '4' } }],
    ['X-Next-Page', undefined, { headers: { 'x-next-page': '2' } }],
    ['X-Pagination as JSON', undefined, { headers: { 'x-pagination': '{"TotalCount":40,"TotalPages":4}' } }],
    ['a warning header', undefined, { headers: { warning: '299 - "Result truncated to 2 rows"' } }],
    ['rows of a grid', { page: '1', total: 4, records: '40' }],
    ['metadata', { metadata: { total: 40 } }],
    ['a summary', { summary: { total: 40 } }],
    ['a count of two', { count: { returned: 2, available: 40 } }],
    ['words', { success: true, message: 'Showing 2 of 40 records' }],
    ['a range in words', { showing: '1-2 of 40' }],
    ['a range in numbers', { from: 1, to: 2, of: 40 }],
    ['a warning', { warning: 'Only the first 2 records are shown' }],
    ['warnings', { warnings: ['truncated'] }],
    ['what remains', { remaining: 38 }],
    ['records', { records_total: 40 }],
    ['a number of records', { no_of_records: 40 }],
    ['a grand total', { grand_total: '40' }],
    ['an address to load more', { load_more_url: here }],
    ['a limit that was met', { row_limit_exceeded: true }],
    ['no end', { eof: false }],
    ['206', undefined, { status: 206 }],
    ['Content-Range', undefined, { headers: { 'content-range': 'clients 0-1/99' } }],
    ['Content-Range without a unit', undefined, { headers: { 'content-range': '0-1/99' } }],
    ['Content-Range of who knows how many', undefined, { headers: { 'content-range': 'items 0-1/*' } }],
  ])('is told by %s', (_, surroundings, more) => {
    expect(remainderOf(twoRows(surroundings, more), first).signs).not.toEqual([]);
  });

  test('is told though nobody came', () => {
    expect(remainderOf(twoRows({ total: 3 }, { rows: 0 }), { known: 0, number: 1 }).signs).toEqual(['total 3']);
  });
});

describe('a whole answer', () => {
  test.each<[unknown, Partial<Part>?]>([
    [undefined],
    [[]],
    [{ total: 2 }],
    [{ total: '2', count: 2 }],
    [{ draw: 1, recordsTotal: 5000, recordsFiltered: 2 }],
    [{ total: null, next: null }],
    [{ count: 2, next: false, previous: '' }],
    [{ meta: { total: 2, current_page: 1, last_page: 1, per_page: 2 } }],
    [{ pagination: { page: 1, pages: 1 }, limit: 2 }],
    [{ page: { number: 0, totalPages: 1, size: 2 } }],
    [{ page: '1 of 1' }],
    [{ links: { self: here, next: null, last: here } }],
    [{ _links: { next: { href: '' } } }],
    [{ links: { next: '#' } }],
    [{ has_more: false, limit: 2 }],
    [{ hasMore: '0' }],
    [{ limit: 500, offset: 0 }],
    [{ limit: 1 }],
    [{ last: true, size: 2 }],
    [{ next_page: 1, page: 1 }],
    [{ next_page: 0 }],
    [{ next_cursor: '' }],
    [{ filters: { total: 99 }, system: { clients: 5000 } }],
    [{ metadata: { total: 2 }, message: 'Showing 1 to 2 of 2', remaining: 0, done: true }],
    [{ message: 'Page 1 of 4 languages', recordsTotal: 40, recordsFiltered: 2 }],
    [{ time: '2026-11-26 10:00:00', status: 'ok', code: 200 }],
    [undefined, { headers: { link: '</style.css>; rel=preload', 'x-ratelimit-limit': '60', 'x-request-id': '99' } }],
    [{ per_page: 2 }, { headers: { link: '</v2/clients>; rel="first"' } }],
    [undefined, { headers: { 'content-range': 'items 0-1/2' } }],
    [undefined, { status: 206, headers: { 'content-range': 'bytes 0-99/100' } }],
    [undefined, { rows: 0, headers: { 'content-range': 'items */0' } }],
  ])('%j %j has no sign of more', (surroundings, more) => {
    expect(remainderOf(twoRows(surroundings, more), first).signs).toEqual([]);
  });
});

test('the last of several parts is whole when all that it counts have come', () => {
  const last = { known: 6, number: 3 };
  expect(remainderOf(twoRows({ total: 6, current_page: 3, last_page: 3, next: null }), last).signs).toEqual([]);
  expect(remainderOf(twoRows({ count: 2, next: null }), last).signs).toEqual([]);
  expect(remainderOf(twoRows(undefined, { headers: { 'content-range': 'items 4-5/6' } }), last).signs).toEqual([]);
  expect(remainderOf(twoRows({ total: 7, next: null }), last).signs).toEqual(['total 7']);
  expect(remainderOf(twoRows({ total: 4, next: null }), last).signs).toEqual(['total 4']);
});

test('only an address is a way on', () => {
  const nextOf = (surroundings: unknown) => remainderOf(twoRows(surroundings), first).next;
  expect(nextOf({ links: { next: here } })).toBe(here);
  expect(nextOf({ next: { href: '?page=2' } })).toBe('?page=2');
  expect(nextOf({ next_page: 2, next_page_url: here })).toBe(here);
  expect(nextOf({ next: 2 })).toBeUndefined();
  expect(nextOf({ next_cursor: 'a/b' })).toBeUndefined();
  expect(nextOf({ has_more: true })).toBeUndefined();
});
