/** For the sake of start-up, zod writes no code for each schema: what is checked by it is small. Imported before the SDK. */
import { config } from 'zod';

config({ jitless: true });
