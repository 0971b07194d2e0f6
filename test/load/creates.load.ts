import { test } from 'vitest';
import { createsOfOne, createsOfTwo } from '../support/faulty-creates.ts';

test('500 creates with faults at each stage make no record twice, and claim nothing that is not so', async () => {
  await createsOfOne(500);
}, 900_000);

test('300 of two copies do neither', async () => {
  await createsOfTwo(300);
}, 900_000);
