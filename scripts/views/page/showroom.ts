/** The page of `npm run views`: each made-up answer in each look, and what a click asks the host for. */
import { answers } from '../answers.ts';
import './host-page.ts';

const widths = ['320', '480', '800', '1200'];

const answer = choice('Answer', Object.keys(answers));
const width = choice('Width', widths, '800');
const theme = choice('Theme', ['light', 'dark']);
const asked = document.createElement('pre');

window.ask = async (method, params) => {
  asked.textContent = `${method} ${JSON.stringify(params, undefined, 1)}\n${asked.textContent}`.slice(0, 5000);
  // A host without a server: it answers a call with the answer that is shown.
  return method === 'tools/call' ? (answers[answer.value]?.result ?? {}) : {};
};

async function show(): Promise<void> {
  const shown = answers[answer.value];
  if (!shown) return;
  const context = {
    theme: theme.value as 'light' | 'dark',
    availableDisplayModes: ['inline', 'fullscreen'] as ('inline' | 'fullscreen')[],
  };
  await window.show({ ...shown, context });
  const frame = document.querySelector('iframe');
  if (frame) frame.style.width = `${width.value}px`;
  document.body.prepend(answer.parentElement ?? '', width.parentElement ?? '', theme.parentElement ?? '');
  document.body.append(asked);
}

function choice(name: string, values: readonly string[], value = values[0] ?? ''): HTMLSelectElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.append(...values.map(text => new Option(text, text, false, text === value)));
  select.addEventListener('change', () => void show());
  label.append(`${name} `, select, ' ');
  return select;
}

void show();
