import { testDrawnSystems } from '../systems/test-systems.ts';

testDrawnSystems(2000);
