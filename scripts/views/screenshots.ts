/** Writes the pictures of docs/views: each view in both themes, with made-up people. `npm run views:pictures`. */
import { mkdir } from 'node:fs/promises';
import { answers } from './answers.ts';
import { openBrowserHost } from './browser.ts';

const pictures = {
  breakdown: 'counts by district and gender',
  people: 'people',
  review: 'a new person like two others',
} as const;

const host = await openBrowserHost();
await mkdir('docs/views', { recursive: true });
for (const [name, key] of Object.entries(pictures)) {
  for (const theme of ['light', 'dark'] as const) {
    const shown = answers[key];
    if (!shown) throw new Error(`there is no answer ${key}`);
    await host.show({ ...shown, context: { theme } }, 720);
    const frame = await host.page.waitForSelector('iframe');
    await frame.screenshot({ path: `docs/views/${name}-${theme}.png` });
  }
}
await host.close();
