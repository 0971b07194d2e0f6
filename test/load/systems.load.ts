import { testDrawnSystems } from '../systems/test-systems.ts';

testDrawnSystems(500, { wholeTruthPercent: 80 });
