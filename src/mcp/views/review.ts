/** The view of create_person: what would be stored, who may be there already, and the person's own yes or no. */
import { button, element, notesList, stored } from './shared/dom.ts';
import { Pages } from './shared/pages.ts';
import { nameOf, shownValue } from './shared/person.ts';
import { type Candidate, nameIn, type ReviewAnswer, readAnswer } from './shared/review-answer.ts';
import { type Content, type Drawn, errorOf, type Frame, openView } from './shared/view.ts';
import { fieldInside, fieldLabel, numberOf } from './shared/words.ts';

const titles: Readonly<Record<string, (name: string) => string>> = {
  created: name => `${name} was added`,
  staged: name => `${name} is in the staging area`,
  declined: name => `${name} was not added`,
  unknown: name => `It is not known whether ${name} was added`,
};

/** So many fields are shown, however little room there is. */
const fewestFields = 2;

class Review implements Content {
  readonly #pages = new Pages();
  #error: string | undefined;
  #drawn: Drawn = { input: {}, result: {} };
  #answer: ReviewAnswer = readAnswer(this.#drawn);
  /** What the person decided here: nothing is decided twice. */
  #decision: string | undefined;
  #areAllFields = false;

  take(drawn: Drawn): void {
    this.#drawn = drawn;
    this.#error = errorOf(drawn.result);
    this.#answer = readAnswer(drawn);
    this.#decision = undefined;
    this.#pages.restart();
  }

  draw(frame: Frame): readonly (Node | undefined)[] {
    if (this.#error !== undefined)
      return [element('h1', {}, 'Nothing was added'), element('p', {}, stored(this.#error))];
    const { status, values, id, notes, next, adding, doubts } = this.#answer;
    const title = (titles[status] ?? (name => `Add ${name}?`))(nameIn(values));
    const isOpen = adding !== undefined && this.#decision === undefined;
    // Candidates are put on pages before fields are left out: what is asked for first gives room first.
    const candidates = this.#candidates(isOpen, frame);
    return [
      element('h1', { attributes: { tabindex: '-1', 'data-key': 'title' } }, stored(title)),
      element('p', { class: 'about' }, id === undefined ? this.#about : `Their id is ${id}.`),
      isOpen && doubts !== '' ? element('p', { class: 'differs' }, doubts) : undefined,
      this.#fields(frame),
      ...candidates,
      isOpen ? this.#decisions(frame) : undefined,
      this.#decision === undefined ? undefined : element('p', {}, this.#decision),
      isOpen || next === undefined || id !== undefined ? undefined : element('p', { class: 'muted' }, next),
      notesList(notes),
    ];
  }

  get #about(): string {
    const { candidates, furtherCandidates, adding, status } = this.#answer;
    const count = candidates.length + furtherCandidates;
    if (adding === undefined) return status === 'declined' ? 'Nothing was stored.' : '';
    if (count === 0) return 'Nobody like this was found. Nothing is stored before you click Add.';
    const who = count === 1 ? '1 person' : `${numberOf(count)} people`;
    return `${who} on the system may be the same. Nothing is stored before you click Add.`;
  }

  #fields(frame: Frame): HTMLElement {
    const values = Object.entries(this.#answer.values);
    const parts = values.map(([name, value]) =>
      element('div', {}, element('dt', {}, fieldLabel(name)), element('dd', {}, shownValue(value))),
    );
    const list = element('dl', { class: 'fields', attributes: { 'aria-label': 'What would be stored' } }, ...parts);
    const all = button(`Show all ${values.length} fields`, { key: 'fields', onClick: () => this.#showFields(frame) });
    if (!this.#areAllFields) {
      frame.afterDrawing(() => {
        for (let shown = parts.length; shown > fewestFields && frame.height > frame.mostHeight; shown -= 1) {
          parts[shown - 1]?.remove();
          list.after(all);
        }
      });
    }
    return element('div', {}, list);
  }

  #showFields(frame: Frame): Promise<void> {
    return frame.act(async () => {
      if (frame.host.canBeFull) await frame.host.becomeFull();
      this.#areAllFields = true;
      frame.draw();
    });
  }

  #candidates(isOpen: boolean, frame: Frame): HTMLElement[] {
    const { candidates } = this.#answer;
    if (candidates.length === 0) return [];
    const cards = this.#pages.slice(candidates, frame).map(candidate => this.#card(candidate, isOpen, frame));
    return [
      element('h2', {}, 'May be there already'),
      element('ul', { class: 'candidates' }, ...cards),
      this.#pages.buttons(cards, candidates.length, { of: 'candidates' }, frame),
    ];
  }

  #card(candidate: Candidate, isOpen: boolean, frame: Frame): HTMLElement {
    const { id, name, type, born, postcode, matches, differs } = candidate;
    const about = [type, born !== undefined && `born ${born}`, postcode].filter(Boolean).join(', ');
    const choose = button('It is this person', {
      key: `is ${id}`,
      class: 'choose',
      label: `It is this person: ${name}, id ${id}`,
      onClick: () =>
        this.#decide('You said that it is a person who is there already. Nobody was added.', frame, () =>
          frame.host.say(`It is the person with id ${id}, who is there already. Do not add a new record.`),
        ),
    });
    return element(
      'li',
      {},
      element('strong', {}, nameOf(candidate, frame)),
      about !== '' && element('p', {}, shownValue(about)),
      matches !== undefined && element('p', { class: 'agrees' }, `Agrees: ${reasons(matches, 'same ')}`),
      differs !== undefined && element('p', { class: 'differs' }, `Differs: ${reasons(differs, 'different ')}`),
      isOpen && choose,
    );
  }

  #decisions(frame: Frame): HTMLElement {
    const { candidates } = this.#answer;
    const text = candidates.length > 0 ? 'Add as a new person' : 'Add';
    const drop = () =>
      this.#decide('You said no. Nobody was added.', frame, () => frame.host.say('Do not add this person.'));
    return element(
      'div',
      { class: 'bar-of-buttons' },
      frame.host.can('serverTools') && button(text, { key: 'add', class: 'main', onClick: () => this.#add(frame) }),
      button('Don’t add', { key: 'drop', onClick: drop }),
    );
  }

  /** Says what the person decided; the view offers nothing more then. */
  async #decide(decision: string, frame: Frame, tell: () => Promise<unknown>): Promise<void> {
    this.#decision = decision;
    frame.draw();
    this.#focusTitle(frame);
    await frame.act(frame.host.can('message') ? tell : async () => undefined);
  }

  async #add(frame: Frame): Promise<void> {
    const { adding = {} } = this.#answer;
    const { input } = this.#drawn;
    this.#decision = 'Adding…';
    frame.draw();
    this.#focusTitle(frame);
    try {
      this.take({ input, result: await frame.host.callTool('create_person', adding) });
    } catch {
      this.#decision = 'No answer came. Ask the assistant whether the person was added before you try again.';
    }
    frame.draw();
    this.#focusTitle(frame);
    if (this.#decision !== undefined) return;
    const isOpenAgain = this.#answer.adding !== undefined;
    await frame.act(
      () => this.#tellOutcome(frame),
      isOpenAgain ? 'Nothing was added: this has changed. Look again, then decide.' : '',
    );
  }

  /** The assistant learns what became of it, not what was stored. */
  async #tellOutcome({ host }: Frame): Promise<void> {
    const { status, id } = this.#answer;
    const text = `The user clicked Add in the review view. Outcome: ${status || 'an error'}${id === undefined ? '' : `, id ${id}`}.`;
    if (host.can('updateModelContext')) await host.tell(text);
    else if (host.can('message')) await host.say(text);
  }

  #focusTitle(frame: Frame): void {
    frame.main.querySelector('h1')?.focus();
  }
}

/** @example reasons('same name, same nhs_number', 'same ') // 'name, NHS number' */
function reasons(told: string, word: string): string {
  return told
    .split(', ')
    .map(reason => fieldInside(reason.replace(word, '')))
    .join(', ');
}

openView('review', new Review());
