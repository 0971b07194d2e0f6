import { button, element } from './dom.ts';
import type { Frame } from './view.ts';
import { numberOf } from './words.ts';

/** The most rows of a page. */
const mostRows = 50;

/** More than so many rows don't fit beside a conversation. */
const mostInline = 14;

/** What {@link Pages} are of. */
export interface PagesOptions {
  /** What a row is, as `groups`. */
  readonly of: string;
  /** Loads the rows that come after those that are there; undefined where there are none. */
  readonly more?: (() => Promise<unknown>) | undefined;
  /** How many there are in all, where not all are there yet. */
  readonly total?: number | undefined;
  /** True where others come before the first of the list: nobody can say how many. */
  readonly isLater?: boolean;
}

/** A list that is shown in pages, each as long as fits: the places where they begin are remembered for the way back. */
export class Pages {
  #starts = [0];
  #end = 0;
  #isMoving = false;

  get start(): number {
    return this.#starts.at(-1) ?? 0;
  }

  /** Shows the list from its beginning. */
  restart(): void {
    this.#starts = [0];
  }

  /** The part of a list that is to be seen. */
  shown<T>(rows: readonly T[]): readonly T[] {
    return rows.slice(this.start, this.#end);
  }

  /** The part of a list to draw; {@link buttons} takes away what doesn't fit. */
  slice<T>(rows: readonly T[], { mostHeight }: Frame): readonly T[] {
    const most = mostHeight === Number.POSITIVE_INFINITY ? mostRows : mostInline;
    return rows.slice(this.start, this.start + most);
  }

  /**
   * Takes the last rows away until the view is as high as it may be, and gives the buttons to the other pages. Call it
   * when the rows are drawn.
   */
  buttons(
    rows: readonly Element[],
    count: number,
    { of, more, total = count, isLater = false }: PagesOptions,
    frame: Frame,
  ): HTMLElement {
    const bar = element('div', {
      class: 'bar-of-buttons',
      attributes: { role: 'group', 'aria-label': `Pages of ${of}` },
    });
    const fill = (shown: number) => {
      this.#end = this.start + shown;
      const isAll = shown >= total || (isLater && shown >= count && !more);
      const first = shown === 1 ? '' : `${numberOf(this.start + 1)}–`;
      const range = isLater ? '' : `${first}${numberOf(this.#end)} of ${numberOf(total)} ${of}`;
      bar.replaceChildren(...(isAll ? [] : [element('span', {}, range), ...this.#steps(count, more, frame)]));
      bar.hidden = isAll;
    };
    fill(rows.length);
    frame.afterDrawing(() => {
      let shown = rows.length;
      while (shown > 1 && frame.height > frame.mostHeight) {
        shown -= 1;
        rows[shown]?.remove();
        fill(shown);
      }
    });
    return bar;
  }

  #steps(count: number, more: PagesOptions['more'], frame: Frame): HTMLElement[] {
    const back = () => {
      this.#starts.pop();
      frame.draw();
    };
    const on = async () => {
      // A second click while more is loading would load the same once more.
      if (this.#isMoving) return;
      this.#isMoving = true;
      try {
        if (this.#end >= count) await more?.();
        this.#starts.push(this.#end);
        frame.draw();
      } finally {
        this.#isMoving = false;
      }
    };
    const isLast = this.#end >= count && !more;
    return [
      button('Previous', { key: 'previous', onClick: back, isOff: this.#starts.length === 1 }),
      button('Next', { key: 'next', onClick: () => frame.act(on), isOff: isLast }),
      ...(frame.host.canBeFull ? [button('Full screen', { key: 'full', onClick: () => fillScreen(this, frame) })] : []),
    ];
  }
}

function fillScreen(pages: Pages, frame: Frame): Promise<void> {
  return frame.act(async () => {
    await frame.host.becomeFull();
    pages.restart();
    frame.draw();
  });
}
