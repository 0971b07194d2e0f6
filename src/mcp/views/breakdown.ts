/** The view of count_people: a number, or its groups as bars and as a table of the same numbers. */
import { byteOrderMark } from '../../people/asking/exporting/csv.ts';
import { copyTable, csvOf, type Lines } from './shared/copy.ts';
import { button, element, notesList, stackIfWide, stored } from './shared/dom.ts';
import { conditionsOf, groupingsOf, isTold, labelAt, type Row, rowsOf } from './shared/groups.ts';
import type { Params } from './shared/host.ts';
import { Pages } from './shared/pages.ts';
import { type Content, type Drawn, errorOf, type Frame, openView } from './shared/view.ts';
import {
  countOf,
  fieldInside,
  fieldLabel,
  groupingLabel,
  listed,
  numberOf,
  peopleOf,
  sentenceOf,
} from './shared/words.ts';

class Breakdown implements Content {
  readonly #pages = new Pages();
  #isTable = false;
  #error: string | undefined;
  #answer: Params = {};
  #rows: readonly Row[] = [];
  #by: readonly string[] = [];

  take({ input, result }: Drawn): void {
    this.#error = errorOf(result);
    this.#answer = result.structuredContent ?? {};
    this.#rows = rowsOf(this.#answer.groups);
    this.#by = groupingsOf(input, Math.max(0, ...this.#rows.map(({ path }) => path.length)));
    this.#pages.restart();
  }

  draw(frame: Frame): readonly (Node | undefined)[] {
    if (this.#error !== undefined) return [element('h1', {}, 'No count'), element('p', {}, stored(this.#error))];
    const { total, summary, notes } = this.#answer;
    return [
      element('h1', {}, peopleOf(total)),
      element('p', { class: 'about' }, stored(this.#about)),
      summary === undefined ? undefined : this.#summary(summary as Params),
      ...(this.#rows.length > 0 ? this.#groups(frame) : []),
      notesList([...this.#hiddenNote, ...[notes ?? []].flat()]),
    ];
  }

  get #applied(): Params {
    return (this.#answer.applied_filters ?? {}) as Params;
  }

  get #about(): string {
    const who = sentenceOf(this.#applied);
    if (this.#by.length === 0) return who;
    return `${who}, by ${listed(this.#by.map(by => fieldInside(groupingLabel(by))))}`;
  }

  get #hiddenNote(): string[] {
    const isHidden = this.#rows.some(({ count }) => !isTold(count));
    return isHidden ? ['Small numbers are hidden, and as many more as would give them away.'] : [];
  }

  get #hasPercent(): boolean {
    return this.#rows.some(({ percent }) => percent !== undefined);
  }

  #summary({ count: _, ...numbers }: Params): HTMLElement {
    const parts = Object.entries(numbers).map(([name, value]) =>
      element('div', {}, element('dt', {}, fieldLabel(name)), element('dd', {}, countOf(value))),
    );
    return element('dl', { class: 'summary' }, ...parts);
  }

  #groups(frame: Frame): HTMLElement[] {
    const shown = this.#pages.slice(this.#rows, frame);
    const [list, elements] = this.#isTable ? this.#table(shown, frame) : this.#bars(shown, frame);
    const pages = this.#pages.buttons(elements, this.#rows.length, { of: 'groups' }, frame);
    return [this.#choices(frame), list, pages];
  }

  #choices(frame: Frame): HTMLElement {
    const show = (isTable: boolean) => () => {
      this.#isTable = isTable;
      this.#pages.restart();
      frame.draw();
    };
    const { host } = frame;
    const save = () => host.saveFile('breakdown.csv', 'text/csv', byteOrderMark + csvOf(this.#lines));
    return element(
      'div',
      { class: 'bar-of-buttons' },
      button('Bars', { key: 'bars', onClick: show(false), isPressed: !this.#isTable }),
      button('Table', { key: 'table', onClick: show(true), isPressed: this.#isTable }),
      element('span', { class: 'push' }),
      button('Copy as a table', {
        key: 'copy',
        onClick: () => frame.act(() => copyTable(this.#lines), 'Copied: paste it into a document or a spreadsheet.'),
      }),
      host.can('downloadFile') && button('Save as CSV', { key: 'save', onClick: () => frame.act(save, 'Saved.') }),
    );
  }

  #bars(shown: readonly Row[], frame: Frame): [HTMLElement, HTMLElement[]] {
    const most = Math.max(1, ...this.#rows.map(({ count }) => (isTold(count) ? count : 0)));
    const bars = shown.map(row => this.#bar(row, most, frame));
    const list = element(
      'ol',
      { class: 'bars', attributes: { 'aria-label': 'Groups' } },
      this.#above(shown[0]),
      ...bars,
    );
    return [list, bars];
  }

  /** The groups around the first of a page, where it doesn't begin with one of the outermost. */
  #above(first: Row | undefined): HTMLElement | undefined {
    if (!first || first.path.length < 2) return undefined;
    const names = first.path.slice(0, -1).map((_, depth) => labelAt(first.path, this.#by, depth));
    return element('li', { class: 'above muted' }, stored(`Within ${names.join(', ')}`));
  }

  #bar(row: Row, most: number, frame: Frame): HTMLElement {
    const { path, count, percent } = row;
    const track = element('span', {
      class: isTold(count) ? 'track' : 'track hidden',
      attributes: { 'aria-hidden': 'true' },
    });
    if (isTold(count) && count > 0) {
      const fill = element('span', { class: 'fill', attributes: {} });
      fill.style.display = 'block';
      fill.style.inlineSize = `${(count / most) * 100}%`;
      track.append(fill);
    }
    const share = isTold(percent) && element('span', { class: 'figures muted' }, percentOf(percent));
    return element(
      'li',
      { class: ['', 'within', 'within deep'][path.length - 1] ?? '' },
      element('span', { class: 'name' }, this.#name(row, frame)),
      track,
      element('span', { class: 'figures' }, countOf(count)),
      share,
    );
  }

  /** The name of a group; a click asks for its people, unless their number is hidden. */
  #name(row: Row, frame: Frame): HTMLElement {
    const { host } = frame;
    const label = labelAt(row.path, this.#by);
    if (!isTold(row.count) || row.count === 0 || !host.can('message')) return stored(label);
    const text = `Show the people of this group: ${sentenceOf(this.#applied, conditionsOf(row, this.#by))}.`;
    const names = row.path.map((_, depth) => labelAt(row.path, this.#by, depth)).join(', ');
    const made = button(label, {
      key: `group ${row.path.join('\n')}`,
      class: 'plain',
      label: `${label}: show the people of ${names}`,
      onClick: () => frame.act(() => host.say(text), 'Asked the assistant for these people.'),
    });
    made.dir = 'auto';
    return made;
  }

  #table(shown: readonly Row[], frame: Frame): [HTMLElement, HTMLElement[]] {
    const columns = [...this.#by.map(groupingLabel), 'People', ...(this.#hasPercent ? ['Share'] : [])];
    const isNumber = (n: number) => n >= this.#by.length;
    const head = columns.map((name, n) =>
      element('th', { attributes: { scope: 'col' }, ...(isNumber(n) && { class: 'number' }) }, name),
    );
    const rows = shown.map(row => {
      const [first = '', ...cells] = this.#cells(row);
      return element(
        'tr',
        {},
        element('th', { attributes: { scope: 'row' } }, stored(first)),
        ...cells.map((cell, n) => {
          const attributes = { 'data-label': columns[n + 1] ?? '' };
          return element('td', { attributes, ...(isNumber(n + 1) && { class: 'number' }) }, stored(cell));
        }),
      );
    });
    const table = element(
      'table',
      {},
      element('caption', {}, this.#about),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...rows),
    );
    frame.afterDrawing(() => stackIfWide(table, frame.width));
    return [table, rows];
  }

  #cells({ path, count, percent }: Row): string[] {
    const names = this.#by.map((_, depth) => (depth < path.length ? labelAt(path, this.#by, depth) : 'All'));
    return [...names, countOf(count), ...(this.#hasPercent ? [percentOf(percent)] : [])];
  }

  get #lines(): Lines {
    const plain = (value: unknown) => (isTold(value) ? String(value) : countOf(value ?? ''));
    const share = this.#hasPercent ? ['Share in %'] : [];
    return [
      [...this.#by.map(groupingLabel), 'People', ...share],
      ...this.#rows.map(row => {
        const names = this.#cells(row).slice(0, this.#by.length);
        return [...names, plain(row.count), ...(this.#hasPercent ? [plain(row.percent)] : [])];
      }),
    ];
  }
}

function percentOf(percent: unknown): string {
  return isTold(percent) ? `${numberOf(percent)}%` : countOf(percent ?? '');
}

openView('breakdown', new Breakdown());
