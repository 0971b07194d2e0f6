import type { Switches } from './switches.ts';

/** The rows that one answer holds, and where they stand among all; without `of` they are all. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly of?: PlaceOfPage;
}

interface PlaceOfPage {
  /** The number of this page, from 1. */
  readonly number: number;
  readonly pages: number;
  readonly total: number;
  /** The address of a page of this question. */
  readonly addressOf: (page: number) => string;
}

/** What surrounds the people of one page. */
interface Wrapping {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly head: string;
  readonly tail: string;
}

/** How many people come in one answer of a system that has pages. */
export const pageSize = 25;

/** Where a question was asked: its path and query, the host as the client calls it, and which page it asks for. */
export interface Asked {
  readonly url: string;
  readonly host: string;
  readonly query: URLSearchParams;
}

/** The page that is asked for, of a system that has pages; else everything. */
export function pageOf<Row>({ paging }: Switches, rows: readonly Row[], { url, host, query }: Asked): Page<Row> {
  if (paging === 'none' || rows.length <= pageSize) return { rows };
  const number = Math.max(1, Number(query.get('page')) || 1);
  const addressOf = (page: number) => {
    const next = new URL(url, `http://${paging === 'foreign' ? 'elsewhere.example.org' : host}`);
    next.searchParams.set('page', String(page));
    return paging === 'hal' ? next.pathname + next.search : next.href;
  };
  const start = (number - 1) * pageSize;
  return {
    rows: rows.slice(start, start + pageSize),
    of: { number, pages: Math.ceil(rows.length / pageSize), total: rows.length, addressOf },
  };
}

/** What comes before and after the people; page signs in the body need a wrapper: `data`, where the system has none. */
export function wrapPage({ wrap, paging }: Switches, { rows, of }: Page<unknown>): Wrapping {
  const plain = {
    status: 200,
    headers: {},
    head: wrap === 'none' ? '' : `{"${wrap}":`,
    tail: wrap === 'none' ? '' : '}',
  };
  if (!of) return plain;
  const next = of.number < of.pages ? of.addressOf(of.number + 1) : null;
  if (paging === 'link-header') return next === null ? plain : { ...plain, headers: { link: `<${next}>; rel="next"` } };
  const first = (of.number - 1) * pageSize;
  const range = `clients ${first}-${first + rows.length - 1}/${of.total}`;
  if (paging === '206') return { ...plain, status: 206, headers: { 'content-range': range } };
  const signs = JSON.stringify(signsOf(paging, of, next));
  return { ...plain, head: `{"${wrap === 'none' ? 'data' : wrap}":`, tail: `,${signs.slice(1)}` };
}

function signsOf(paging: Switches['paging'], { number, pages, total }: PlaceOfPage, next: string | null): object {
  switch (paging) {
    case 'meta':
      return { meta: { current_page: number, last_page: pages, total }, links: { next } };
    case 'links':
    case 'foreign':
      return { links: { next } };
    case 'hal':
      return { _links: next === null ? {} : { next: { href: next } } };
    case 'paging':
      return { paging: { next } };
    case 'laravel':
      return { current_page: number, last_page: pages, next_page_url: next, total };
    case 'pages':
      return { pagination: { page: number, pages } };
    default:
      return { total: paging === 'total-text' ? String(total) : total };
  }
}
