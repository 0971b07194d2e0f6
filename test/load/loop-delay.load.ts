import { testLoopDelay } from '../support/loop-delay.ts';

testLoopDelay({ part: 1 });
