/** Tells whether an answer is a part of a longer one: the manual knows no paging, so every sign of it counts. */
import { isObject, tryParseJson } from '../base/json.ts';
import { foldKey } from './values.ts';

/** One answer, as far as it tells of parts. */
export interface Part {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What surrounds the rows; a row is never looked at. */
  readonly surroundings: unknown;
  /** How many rows it holds. */
  readonly rows: number;
}

/** What is known of the answers so far, this one included. */
export interface Progress {
  /** How many different rows came. */
  readonly known: number;
  /** The number of this part, from 1. */
  readonly number: number;
}

/** What an answer leaves out. */
export interface Remainder {
  /** Where it says that it goes on; `undefined` where it names no address. */
  readonly next: string | undefined;
  /** What says so, such as `total 99`; empty for an answer that is whole. */
  readonly signs: readonly string[];
}

/** Objects that such things are in, besides the top. */
const holders = new Set(
  'meta pagination paging pager page pages links link pageinfo pagingdata cursor cursors next response result results data clients header navigation metadata resultset resultinfo info summary paginator stats totals count counts'.split(
    ' ',
  ),
);
const totals = new Set(
  'total totalcount totalresults totalrecords totalitems totalrows totalhits totalelements totalclients totalnumber count recordcount rowcount itemcount resultcount numrows numfound numresults numrecords numberofrecords foundrows rowsfound recordsfiltered odatacount records recordstotal noofrecords grandtotal nbresults totalentries clientstotal peopletotal totalpeople available of'.split(
    ' ',
  ),
);
const lastPages = new Set(
  'lastpage pages pagecount totalpages numpages numberofpages pagestotal maxpage last'.split(' '),
);
const currentPages = new Set('page currentpage pagenumber pageno number current pageindex'.split(' '));
const pageSizes = new Set('perpage pagesize limit itemsperpage pagelimit maxresults resultsperpage size'.split(' '));
const offsets = new Set('offset start skip from startindex'.split(' '));
const nexts = new Set(
  'next nextpage nextpageurl nexturl nextlink nexthref nexturi odatanextlink nextcursor nextpagetoken nexttoken continuationtoken continuation nextoffset nextstart after nextpagecursor nextfrom nextid loadmoreurl scrollid relnext'.split(
    ' ',
  ),
);
const states = new Set(['status', 'state']);
const ends = new Set(['relfirst']);
const mores = new Set(
  'hasmore more hasnext hasnextpage morerecords moreresults moreavailable istruncated truncated partial ispartial incomplete incompleteresults limitreached hasmoreresults limited capped rowlimitexceeded'.split(
    ' ',
  ),
);
const wholes = new Set(
  'complete iscomplete islast islastpage last end endoflist isfinal lastpage done finished eof'.split(' '),
);
/** How many don't come with this answer. */
const rests = new Set(['remaining', 'left']);

/** What a part leaves out, as far as it or its headers tell. */
export function remainderOf(part: Part, { known, number }: Progress): Remainder {
  const all = [...factsIn(part.surroundings), ...headerFacts(part.headers)];
  const range = rangeOf(part, number);
  // Nearly all answers are whole, and say nothing.
  if (all.length === 0) return { next: undefined, signs: range === undefined ? [] : [range] };
  // Beside how many a filter leaves, there may be how many there are without it (DataTables).
  const isFiltered = all.some(({ name }) => name === 'recordsfiltered');
  const facts = isFiltered ? all.filter(({ name }) => name !== 'recordstotal') : all;
  const told = (names: ReadonlySet<string>) => facts.filter(({ name }) => names.has(name));
  const numbers = (names: ReadonlySet<string>) => told(names).flatMap(({ value }) => countOf(value) ?? []);
  const [page] = numbers(currentPages);
  // Some count pages from 0.
  const current = page === undefined || page === number - 1 ? number : page;
  const goingOn = told(nexts).filter(({ value }) => isGoingOn(value, page));
  const total = numbers(totals).find(count => isOff(count, part, { known, number }, goingOn.length > 0));
  const lastPage = numbers(lastPages).find(last => last > current);
  const more = told(mores).find(({ value }) => isYes(value));
  const unfinished = told(wholes).find(({ value }) => value === false || value === 'false');
  const partial = told(states).find(({ value }) => /^(?:partial|incomplete|truncated)/i.test(String(value)));
  const isLate = number === 1 && (current > 1 || numbers(offsets).some(offset => offset > 1));
  const isSaidWhole =
    [nexts, mores, wholes, lastPages, ends].some(names => told(names).length > 0) || numbers(totals).includes(known);
  const isFull = part.rows > 0 && !isSaidWhole && numbers(pageSizes).includes(part.rows);
  const signs = [
    total !== undefined && `total ${total}`,
    lastPage !== undefined && `${lastPage} pages`,
    goingOn.length > 0 && 'a next page',
    more?.name,
    unfinished && `${unfinished.name} false`,
    partial && `${partial.name} partial`,
    numbers(rests).some(count => count > 0) && 'some remain',
    facts.map(({ value }) => partInWords(value, Math.max(known, part.rows))).find(words => words !== undefined),
    isLate && 'it begins later than with the first',
    isFull && `exactly as many as its limit of ${part.rows}`,
    range,
  ].filter(sign => typeof sign === 'string');
  return { next: goingOn.map(addressOf).find(address => address !== undefined), signs };
}

/** True for a total that isn't what came: above it, or, at the end of several parts, neither of all nor of the last. */
function isOff(total: number, { rows }: Part, { known, number }: Progress, isGoingOn: boolean): boolean {
  if (number === 1) return total > Math.max(known, rows);
  return total > known || (!isGoingOn && total < known && total > rows);
}

interface Fact {
  /** The key, folded. */
  readonly name: string;
  readonly value: unknown;
}

/** What an answer says in what surrounds its rows, there and in the objects that such things are in. */
function factsIn(surroundings: unknown): Fact[] {
  const open: unknown[] = [surroundings];
  const facts: Fact[] = [];
  for (const node of open) {
    if (open.length > 50) break;
    if (Array.isArray(node)) facts.push(...node.slice(0, 20).flatMap(relFacts));
    if (!isObject(node)) continue;
    for (const [key, value] of Object.entries(node).slice(0, 100)) {
      const name = foldKey(key);
      const isTotal = totals.has(name) && isObject(value);
      facts.push({ name, value: isTotal ? (value.value ?? value.count) : value });
      facts.push(...pageOfPages(name, value));
      if (holders.has(name)) open.push(value);
      if (Array.isArray(value))
        facts.push(
          ...value
            .slice(0, 20)
            .filter(isText)
            .map(text => ({ name, value: text })),
        );
    }
  }
  return facts;
}

/** What a text says of a part: `Showing 1-10 of 40`, `truncated to 10 rows`. */
function partInWords(value: unknown, came: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.slice(0, 300);
  const [, all] = /\d ?(?:of|out of) (\d{1,9})\b/i.exec(text) ?? [];
  if (all !== undefined && Number(all) > came && !/\bpage\b/i.test(text)) return `"of ${all}"`;
  return /\btruncated\b|\bonly the first\b|\blimited to\b|\bincomplete\b|\btimed out\b/i.test(text)
    ? 'words of a part'
    : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** JSON has links in lists, too: `[{"rel": "next", "href": "..."}]`. */
function relFacts(link: unknown): Fact[] {
  if (!isObject(link) || typeof link.rel !== 'string') return [];
  return /\bnext\b/i.test(link.rel.slice(0, 100)) ? [{ name: 'relnext', value: link }] : [];
}

/** `"page": "1 of 50"` */
function pageOfPages(name: string, value: unknown): Fact[] {
  const [, page, pages] =
    (typeof value === 'string' && /^\s*(?:page )?(\d{1,9}) ?(?:of|\/) ?(\d{1,9})\s*$/i.exec(value)) || [];
  if (page === undefined || !currentPages.has(name)) return [];
  return [
    { name: 'page', value: page },
    { name: 'pages', value: pages },
  ];
}

/** What the headers say: `Link`, and such as `X-Total-Count` and `X-WP-TotalPages`. */
function headerFacts(headers: Part['headers']): Fact[] {
  const telling = Object.entries(headers).filter(([key]) =>
    /^(?:link$|warning$|x-|pagination-|paging-|total-)/.test(key),
  );
  return telling.flatMap(([key, value]) => {
    const text = headerText(value);
    if (key === 'link') return linkFacts(text);
    if (key === 'warning') return [{ name: key, value: text }];
    if (/^x-(?:pagination|paging)$/.test(key) && text.startsWith('{')) return factsIn(tryParseJson(text));
    const name = foldKey(key.replace(/^x-(?:wp-)?/, '').replace(/^(?:pagination|paging)-/, ''));
    return [{ name, value: text }];
  });
}

function headerText(value: string | readonly string[] | undefined): string {
  return typeof value === 'object' ? value.join(', ') : (value ?? '');
}

/** `Link: <https://...>; rel="next"` (RFC 8288). */
function linkFacts(text: string): Fact[] {
  return text
    .split('<')
    .slice(1)
    .flatMap(link => {
      const [address, parameters] = parted(link, '>');
      const [, rel = ''] = /;\s*rel\s*=\s*"?([^";]*)/i.exec(parameters ?? '') ?? [];
      if (parameters === undefined) return [];
      if (/\bnext\b/i.test(rel)) return [{ name: 'relnext', value: address }];
      return /\b(?:first|prev|last)\b/i.test(rel) ? [{ name: 'relfirst', value: address }] : [];
    });
}

/** What comes before a sign and behind it. */
function parted(text: string, sign: string): readonly [before: string, behind: string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** A part by its status or its range: `Content-Range: clients 0-24/99`. Of bytes, an answer that isn't 206 has none. */
function rangeOf({ status, headers, rows }: Part, number: number): string | undefined {
  const text = headerText(headers['content-range']).replaceAll(' ', '').toLowerCase();
  const [, unit, from, to, size] = /^([a-z-]*)=?(\d+)-(\d+)\/(\d+|\*)/.exec(text) ?? [];
  if (size === undefined) return status === 206 ? 'HTTP 206' : undefined;
  if (status !== 206 && (unit === 'bytes' || rows === 0)) return undefined;
  const isWhole = (number > 1 || Number(from) === 0) && Number(to) + 1 >= Number(size);
  return isWhole ? undefined : `Content-Range ${from}-${to}/${size}`;
}

/** An address, a cursor or a page to go on with; `null`, `false`, `""`, `#` and the number of this page are none. */
function isGoingOn(value: unknown, page = 0): boolean {
  if (isObject(value)) return addressesIn(value).some(inner => !isObject(inner) && isGoingOn(inner, page));
  const count = countOf(value);
  if (count !== undefined) return count > page;
  return value === true || (typeof value === 'string' && !/^(?:null|none|false|no|#|n\/a|-)?$/i.test(value.trim()));
}

function addressOf({ name, value }: Fact): string | undefined {
  if (/cursor|token|continuation|after/.test(name)) return undefined;
  const text = isObject(value) ? addressesIn(value).find(inner => typeof inner === 'string') : value;
  return typeof text === 'string' && /[/?]/.test(text) ? text.trim() : undefined;
}

function addressesIn({ href, url, uri, link, after }: Record<string, unknown>): unknown[] {
  return [href, url, uri, link, after];
}

/** A whole number, also as text: `"99"`, `"1,204"`. */
function countOf(value: unknown): number | undefined {
  const digits =
    typeof value === 'string' && /^\s*\d{1,3}(?:,?\d{3})*\s*$|^\s*\d{1,15}\s*$/.test(value)
      ? value.replaceAll(',', '')
      : value;
  const count = typeof digits === 'string' ? Number(digits) : digits;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function isYes(value: unknown): boolean {
  return /^(?:true|1|y|yes)$/i.test(String(typeof value === 'object' ? '' : value).trim());
}
