import { button, element, stored } from './dom.ts';
import type { Params } from './host.ts';
import type { Frame } from './view.ts';
import { valueText } from './words.ts';

/** A person as an answer has them. */
export interface Person extends Params {
  readonly id: number;
  readonly name: string;
}

/** What of a person isn't a field of its own to be shown. */
export const notColumns = ['id', 'name', 'inactive', 'deceased', 'url'];

/** A longer text is cut where it is shown among others. */
const longText = 120;

/** A shorter one, such as a day or a number, stays on its line. */
const shortText = 13;

/** The name with what must not be overlooked, and with the link to the record where there is one. */
export function nameOf({ id, name, inactive, deceased, url }: Person, frame: Frame): HTMLElement {
  const isLink = typeof url === 'string' && /^https?:\/\//.test(url) && frame.host.can('openLinks');
  const open = () => frame.act(() => frame.host.openLink(String(url)));
  const label = `${name}: open the record in Charitylog`;
  const shown = isLink ? button(name, { key: `link ${id}`, class: 'plain', label, onClick: open }) : stored(name);
  shown.dir = 'auto';
  return element(
    'span',
    {},
    shown,
    ' ',
    element('span', { class: 'id muted' }, `id ${id}`),
    ...[inactive === true && 'Inactive', deceased === true && 'Deceased']
      .filter(text => text !== false)
      .flatMap(text => [' ', element('span', { class: 'tag' }, text)]),
  );
}

/** A value, which may be long and of any script. */
export function shownValue(value: unknown): HTMLElement {
  const text = valueText(value);
  if (text.length > longText) return stored(text, 'long');
  return stored(text, text.length <= shortText ? 'short' : undefined);
}
