import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIGURE_NAMES } from '../../../src/query/analytics/figure-list.js';
import { shapeOf } from '../../../src/query/analytics/figure-shape.js';
import { DIMENSIONS } from '../../../src/query/analytics/figure.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { FactsWorld } from './facts-world.js';

describe('every figure', () => {
  const directory = tempDirectory();
  let world: FactsWorld;

  beforeAll(async () => {
    world = await FactsWorld.open(directory);
  });
  afterAll(() => world.close());

  it.each(FIGURE_NAMES)(
    '%s is SQL that runs, by each of its dimensions, exactly and safely',
    async (name) => {
      for (const dimension of DIMENSIONS) {
        const question = { name, by: [dimension], window: { from: 0, to: 1e12 } } as const;
        const asked = world.figure(question);
        const isSplit = await asked.then(
          () => true,
          (error: { code: string }) => {
            expect(error.code).toBe('BAD_USER_INPUT');
            return false;
          },
        );
        if (!isSplit) continue;
        const { dimensions } = shapeOf(question);
        expect(
          await world.records(
            question,
            dimensions.map(() => null),
          ),
        ).toEqual([]);
        expect(await world.withheld(question)).toEqual(new Set());
      }
    },
  );
});
