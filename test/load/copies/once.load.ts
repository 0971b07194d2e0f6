import { describe, test } from 'vitest';
import { createsOfOne, createsOfTwo } from '../../support/faulty-creates.ts';
import { describeWithRedis } from '../../support/redis.ts';

// `npm run load` tries hundreds of each.
describe('whatever goes wrong with a create', () => {
  test('one request never makes two records, and no answer claims what is not so', () => createsOfOne(60));
});

describeWithRedis('whatever goes wrong with a create that two copies are asked for', () => {
  test('one request never makes two records, and no answer claims what is not so', () => createsOfTwo(40));
});
