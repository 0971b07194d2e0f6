import { testDrawnSystems } from './test-systems.ts';

testDrawnSystems(10);
