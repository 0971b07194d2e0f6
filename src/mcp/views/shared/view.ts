import { element } from './dom.ts';
import { Host, type HostContext, type Params, type ToolResult } from './host.ts';

/** The most that a view takes beside a conversation, in pixels: it never scrolls inside of what scrolls. */
const highestInline = 500;

/** What a view draws: the call that it stands beside. */
export interface Drawn {
  readonly input: Params;
  readonly result: ToolResult;
}

/** A view's own part: it draws an answer, and is asked to draw again when its host shows it otherwise. */
export interface Content {
  /** Takes an answer. */
  take(drawn: Drawn): void;
  /** What is to be seen now. */
  draw(frame: Frame): readonly (Node | undefined)[];
}

/** What a view's content works with. */
export class Frame {
  readonly host: Host;
  readonly main = element('main');
  readonly #said = element('p', { attributes: { id: 'said', role: 'status' } });
  readonly #content: Content;
  #afterDrawing: (() => void)[] = [];

  constructor(content: Content) {
    this.#content = content;
    let input: Params = {};
    this.host = new Host({
      'tool-input': params => {
        input = (params.arguments ?? {}) as Params;
      },
      'tool-result': result => {
        content.take({ input, result: result as ToolResult });
        this.draw();
      },
      'tool-cancelled': () => this.say('The call was cancelled.'),
      'host-context-changed': changed => {
        this.host.context = { ...this.host.context, ...(changed as HostContext) };
        this.#dress();
        this.draw();
      },
    });
    document.body.append(this.main, this.#said);
  }

  /** How high the view may be now. */
  get mostHeight(): number {
    const { displayMode, containerDimensions: { height, maxHeight } = {} } = this.host.context;
    if (displayMode === 'fullscreen') return Number.POSITIVE_INFINITY;
    return Math.min(height ?? highestInline, maxHeight ?? highestInline, highestInline);
  }

  /** The room that a table has. */
  get width(): number {
    const { paddingLeft, paddingRight } = getComputedStyle(this.main);
    return this.main.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  }

  get height(): number {
    return Math.ceil(document.body.getBoundingClientRect().height);
  }

  async open(name: string): Promise<void> {
    await this.host.connect(name);
    this.#dress();
    const tellSize = () => this.host.tellSize(Math.ceil(document.body.getBoundingClientRect().width), this.height);
    new ResizeObserver(tellSize).observe(document.body);
    let width = innerWidth;
    addEventListener('resize', () => {
      if (innerWidth === width) return;
      width = innerWidth;
      this.draw();
    });
  }

  /** Draws what is to be seen now; the focus stays where it is. */
  draw(): void {
    const key = (document.activeElement as HTMLElement | null)?.dataset.key;
    this.#afterDrawing = [];
    const parts = this.#content.draw(this);
    this.main.replaceChildren(...parts.filter(part => part !== undefined));
    for (const measure of this.#afterDrawing) measure();
    if (key !== undefined) this.main.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  /** Has something done once all is in its place and can be measured. */
  afterDrawing(measure: () => void): void {
    this.#afterDrawing.push(measure);
  }

  /** Tells the person something, aloud too. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  /** Does what the person clicked, and tells them where the host couldn't. */
  async act(action: () => Promise<unknown>, done = ''): Promise<void> {
    try {
      await action();
      this.say(done);
    } catch {
      this.say('That did not work here. Ask the assistant instead.');
    }
  }

  #dress(): void {
    const { theme, styles } = this.host.context;
    const { style } = document.documentElement;
    if (theme) style.colorScheme = theme;
    for (const [name, value] of Object.entries(styles?.variables ?? {})) {
      if (value !== undefined) style.setProperty(name, value);
    }
  }
}

/** Opens a view: it shakes hands with its host, and draws each answer that comes. */
export function openView(name: string, content: Content): void {
  void new Frame(content).open(name);
}

/** The text of an answer that is an error; else undefined. */
export function errorOf({ isError, content = [] }: ToolResult): string | undefined {
  if (isError !== true) return undefined;
  return content.map(({ text = '' }) => text).join('\n');
}
