import { existsSync } from 'node:fs';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { serveViews } from './serve.ts';
import type { Ask, Shown } from './shown.ts';

/** Where Debian's package chromium puts the browser. */
const executablePath = '/usr/bin/chromium';

/** True where the browser is there. */
export const hasBrowser = existsSync(executablePath);

/** A real browser with a host in it. */
export interface BrowserHost {
  readonly browser: Browser;
  readonly page: Page;
  /** Shows a view in a fresh frame, and resolves with the frame when it has drawn its answer. */
  show(shown: Shown, width?: number): Promise<Frame>;
  /** Answers what views ask for from now on. */
  onAsk(ask: Ask): void;
  close(): Promise<void>;
}

/** Opens the browser and a page of a host; the built views must be there. */
export async function openBrowserHost(): Promise<BrowserHost> {
  const pages = await serveViews('scripts/views/page/host-page.ts');
  // Nobody's system calls are to be kept from this browser: it loads loopback pages only. Root has no sandbox.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ reducedMotion: 'reduce', deviceScaleFactor: 1 });
  let answer: Ask = async () => ({});
  await page.exposeFunction('ask', ((method, params) => answer(method, params)) satisfies Ask);
  await page.goto(pages.url);
  return {
    browser,
    page,
    onAsk(ask) {
      answer = ask;
    },
    async show(shown, width = 800) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(`show(${JSON.stringify(shown)})`);
      const handle = await page.waitForSelector('iframe');
      const frame = await handle.contentFrame();
      if (!frame) throw new Error('the view has no frame');
      await frame.waitForSelector('main > *');
      return frame;
    },
    async close() {
      await browser.close();
      await pages.close();
    },
  };
}
