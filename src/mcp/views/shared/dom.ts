/** What an element has: its class, other attributes, and what happens at a click. */
export interface ElementOptions {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => unknown;
}

type Child = Node | string | undefined | false;

/** An element. Texts become text nodes, never markup: anybody may have written them. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  options: ElementOptions = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (options.class !== undefined) made.className = options.class;
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value);
  if (options.onClick) made.addEventListener('click', options.onClick);
  made.append(...children.filter(child => child !== undefined && child !== false));
  return made;
}

/** A stored text, which may run from right to left. */
export function stored(text: string, className?: string): HTMLElement {
  return element('bdi', { attributes: { dir: 'auto' }, ...(className && { class: className }) }, text);
}

/** How a button is made. */
export interface ButtonOptions {
  /** Tells the button from all others of the view, so that the focus finds it again when the view is drawn anew. */
  readonly key: string;
  readonly onClick: () => unknown;
  readonly class?: string;
  readonly isPressed?: boolean;
  readonly isOff?: boolean;
  /** For who doesn't see what stands around it. */
  readonly label?: string;
}

/** A button with a text. */
export function button(text: string, { key, onClick, isPressed, isOff = false, label, ...options }: ButtonOptions) {
  const attributes = {
    type: 'button',
    'data-key': key,
    ...(isPressed !== undefined && { 'aria-pressed': String(isPressed) }),
    // It keeps the focus, as one that is `disabled` doesn't.
    ...(isOff && { 'aria-disabled': 'true' }),
    ...(label !== undefined && { 'aria-label': label }),
  };
  return element('button', { ...options, attributes, ...(!isOff && { onClick }) }, text);
}

/** Notes as a list; nothing where there are none. */
export function notesList(notes: unknown): HTMLElement | undefined {
  const texts = [notes ?? []].flat().map(String);
  if (texts.length === 0) return undefined;
  return element('ul', { class: 'notes' }, ...texts.map(text => element('li', {}, stored(text))));
}

const roles = { table: 'table', tbody: 'rowgroup', tr: 'row', th: 'rowheader', td: 'cell' };

/** Stacks a table that is wider than there is room. Who hears it still hears a table. */
export function stackIfWide(table: HTMLTableElement, width: number): void {
  if (table.scrollWidth <= width) return;
  table.classList.add('stacked');
  for (const [tag, role] of Object.entries(roles)) {
    const parts = tag === 'table' ? [table] : table.querySelectorAll(tag);
    for (const part of parts) part.setAttribute('role', role);
  }
}
