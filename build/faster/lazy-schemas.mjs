// Has the MCP SDK build each of its schemas when it is first used: a session needs few of them, and building all takes
// longer than anything else before the first answer. It saves a tenth of the start's CPU time and 3 to 8 MiB. Goes when
// the SDK does so itself (https://github.com/modelcontextprotocol/typescript-sdk/pull/2476 does for some).
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('lazy-schemas/zod.mjs', import.meta.url));

export default {
  name: 'lazy-schemas',
  setup(build) {
    const isOfSdk = importer => /[\\/]@modelcontextprotocol[\\/]/.test(importer);
    build.onResolve({ filter: /^zod(\/v4)?$/ }, ({ importer }) => (isOfSdk(importer) ? { path } : undefined));
  },
};
