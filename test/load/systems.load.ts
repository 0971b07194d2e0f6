import { testDrawnSystems } from '../systems/test-systems.ts';

/** `SYSTEMS=2000` draws more. */
testDrawnSystems(Number(process.env.SYSTEMS ?? 600));
