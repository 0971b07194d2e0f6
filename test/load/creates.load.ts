import { describe, test } from 'vitest';
import { createsOfOne, createsOfTwo } from '../support/faulty-creates.ts';
import { describeWithRedis } from '../support/redis.ts';

describe('creates with each fault at each stage, three times in each way of asking,', () => {
  test('make no record twice, and claim nothing that is not so', () => createsOfOne(3), 300_000);
});

describeWithRedis('those of two copies', () => {
  test('do neither', () => createsOfTwo(3), 300_000);
});
