/** Plays each view with made-up answers on a page of loopback: `npm run views`. */
import { serveViews } from './serve.ts';

const { url } = await serveViews('scripts/views/page/showroom.ts', 8787);
process.stdout.write(`Open ${url} in a browser. After a change, stop this and start it again.\n`);
