/**
 * zod writes code for each schema, which pays after some uses and costs time at the start: so it does for the schemas
 * that are built later. Imported before the SDK.
 */
import { config } from 'zod';

config({ jitless: true });
setTimeout(() => config({ jitless: false }), 300).unref();
