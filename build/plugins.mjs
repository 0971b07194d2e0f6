// What the bundler does to libraries, so that the program starts and answers sooner.
import { lazyCrypto } from './lazy-crypto.mjs';
import { lazySchemas } from './lazy-schemas.mjs';
import { standIns } from './stand-ins/plugin.mjs';

export const plugins = [lazySchemas, lazyCrypto, standIns];
