import { testLoopDelay } from '../support/loop-delay.ts';

testLoopDelay({ part: 1 / 8, isQuick: true });
