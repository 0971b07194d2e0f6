/** The view of search_people: the people of the answer as a table, and the view's own way to the others. */
import { button, element, notesList, stackIfWide, stored } from './shared/dom.ts';
import type { Params } from './shared/host.ts';
import { Pages } from './shared/pages.ts';
import { nameOf, notColumns, type Person, shownValue } from './shared/person.ts';
import { type Content, type Drawn, errorOf, type Frame, openView } from './shared/view.ts';
import { fieldLabel, peopleOf, sentenceOf } from './shared/words.ts';

/** How many people a call of the view's own brings. */
const perCall = 20;

class People implements Content {
  readonly #pages = new Pages();
  #error: string | undefined;
  #answer: Params = {};
  #input: Params = {};
  #people: readonly Person[] = [];
  /** True where the person sees what the assistant wasn't told. */
  #isBeyondAnswer = false;
  /** True for an answer that goes on from an earlier one. */
  #isLater = false;

  take({ input, result }: Drawn): void {
    this.#error = errorOf(result);
    this.#input = input;
    this.#start(result.structuredContent ?? {});
    this.#isBeyondAnswer = false;
    this.#isLater = input.cursor !== undefined;
  }

  draw(frame: Frame): readonly (Node | undefined)[] {
    if (this.#error !== undefined) return [element('h1', {}, 'No people'), element('p', {}, stored(this.#error))];
    const { total, applied_filters: applied, similar = [], notes } = this.#answer;
    const near = similar as readonly Person[];
    return [
      element('h1', {}, peopleOf(total)),
      element('p', { class: 'about' }, stored(sentenceOf((applied ?? {}) as Params))),
      ...(this.#people.length > 0 ? this.#list(frame) : []),
      ...(near.length > 0 ? [element('h2', {}, 'Similar names'), this.#table(near, frame).table] : []),
      notesList(notes),
    ];
  }

  #start(answer: Params): void {
    this.#answer = answer;
    this.#people = (answer.people ?? []) as readonly Person[];
    this.#pages.restart();
  }

  #list(frame: Frame): (HTMLElement | undefined)[] {
    const { table, rows } = this.#table(this.#pages.slice(this.#people, frame), frame);
    const hasMore = this.#answer.next_cursor !== undefined && frame.host.can('serverTools');
    const pages = this.#pages.buttons(
      rows,
      this.#people.length,
      {
        of: 'people',
        total: Number(this.#answer.total),
        isLater: this.#isLater,
        more: hasMore ? () => this.#load({ ...this.#question, cursor: this.#answer.next_cursor }, frame) : undefined,
      },
      frame,
    );
    return [this.#order(frame), table, pages, this.#share(frame)];
  }

  /** The question as it was asked, without the place in its pages. */
  get #question(): Params {
    const { cursor: _, ...question } = this.#input;
    return { ...question, limit: perCall };
  }

  /** Reads on, or anew, by a call of the view's own. */
  async #load(question: Params, frame: Frame): Promise<void> {
    const { structuredContent = {}, isError } = await frame.host.callTool('search_people', question);
    if (isError === true) throw new Error('refused');
    this.#isBeyondAnswer = true;
    if (question.cursor === undefined) {
      this.#isLater = false;
      return this.#start(structuredContent);
    }
    this.#people = [...this.#people, ...((structuredContent.people ?? []) as readonly Person[])];
    const { next_cursor: _, ...answer } = this.#answer;
    const { next_cursor: next } = structuredContent;
    this.#answer = { ...answer, ...(next !== undefined && { next_cursor: next }) };
  }

  /** What the people are sorted by. */
  #order(frame: Frame): HTMLElement | undefined {
    if (!frame.host.can('serverTools') || Number(this.#answer.total) < 2) return undefined;
    const [, sign = '', field = ''] = /^(-?)(.*)$/.exec(String(this.#input.sort ?? '')) ?? [];
    const names = [
      ...new Set(['id', 'surname', ...this.#columns.filter(name => name !== 'type'), ...(field ? [field] : [])]),
    ];
    const sort = (by: string) =>
      frame.act(async () => {
        this.#input = { ...this.#input, sort: by };
        await this.#load(this.#question, frame);
        frame.draw();
      }, 'Sorted.');
    const select = element('select', { attributes: { 'data-key': 'sort' } });
    for (const name of names) {
      const option = element('option', { attributes: { value: name } }, fieldLabel(name));
      option.selected = name === (field || 'id');
      select.append(option);
    }
    select.addEventListener('change', () => sort(`${sign}${select.value}`));
    return element(
      'div',
      { class: 'bar-of-buttons' },
      element('label', {}, 'Sort by', select),
      button('Last to first', {
        key: 'direction',
        isPressed: sign === '-',
        onClick: () => sort(`${sign === '-' ? '' : '-'}${field || 'id'}`),
      }),
    );
  }

  get #columns(): string[] {
    const near = (this.#answer.similar ?? []) as readonly Person[];
    const names = new Set(['type', ...[...this.#people, ...near].flatMap(person => Object.keys(person))]);
    return [...names].filter(name => !notColumns.includes(name));
  }

  #table(people: readonly Person[], frame: Frame) {
    const columns = this.#columns;
    const canAsk = frame.host.can('message');
    const head = ['Name', ...columns.map(fieldLabel)].map(name =>
      element('th', { attributes: { scope: 'col' } }, name),
    );
    const rows = people.map(person => this.#row(person, columns, frame));
    const table = element(
      'table',
      {},
      element('caption', {}, 'People'),
      element('thead', {}, element('tr', {}, ...head, canAsk && element('td', {}))),
      element('tbody', {}, ...rows),
    );
    frame.afterDrawing(() => stackIfWide(table, frame.width));
    return { table, rows };
  }

  #row(person: Person, columns: readonly string[], frame: Frame): HTMLElement {
    const { id, name } = person;
    const ask = () => frame.host.say(`Show the whole record of the person with id ${id}.`);
    const record = button('Record', {
      key: `record ${id}`,
      label: `Record of ${name}`,
      onClick: () => frame.act(ask, 'Asked the assistant for the whole record.'),
    });
    return element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, nameOf(person, frame)),
      ...columns.map(column => {
        const value = person[column];
        const attributes = value === undefined ? {} : { 'data-label': fieldLabel(column) };
        return element('td', { attributes }, value !== undefined && shownValue(value));
      }),
      frame.host.can('message') && element('td', { class: 'act' }, record),
    );
  }

  /** What the person went through in the view is the assistant's only when the person wants it. */
  #share(frame: Frame): HTMLElement | undefined {
    if (!this.#isBeyondAnswer || !frame.host.can('updateModelContext')) return undefined;
    const share = () => {
      const { sort } = this.#input;
      const people = this.#pages.shown(this.#people);
      return frame.host.tell(JSON.stringify({ shown_in_the_view: { ...(sort !== undefined && { sort }), people } }));
    };
    return button('Tell the assistant about these people', {
      key: 'share',
      onClick: () => frame.act(share, 'The assistant knows these people now.'),
    });
  }
}

openView('people', new People());
