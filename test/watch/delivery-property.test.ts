import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildEvent } from '../api/graphql/support/build-visit.js';
import { viewerOf } from '../api/graphql/support/start-api.js';
import { tempDirectory } from '../support/temp-directory.js';
import { eventsOf, Receiver } from './support/receiver.js';
import { WatchNode } from './support/watch-node.js';
import fc from '../support/fast-check.js';

const SUPPLY = viewerOf('supply');

/** What may happen to a node and its receiver, in any order. */
type Step =
  | { kind: 'CAPTURE'; count: number }
  | { kind: 'ANSWER'; status: number }
  | { kind: 'WAIT'; ms: number }
  | { kind: 'RESTART' }
  | { kind: 'REBUILD' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('CAPTURE' as const),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('ANSWER' as const),
      status: fc.constantFrom(200, 301, 404, 429, 500),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('WAIT' as const),
      ms: fc.constantFrom(0, 5_000, 20_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'RESTART' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'REBUILD' as const }) },
);

describe('whatever happens', () => {
  const root = tempDirectory();
  let node: WatchNode;
  let made = 0;

  beforeAll(async () => {
    node = await WatchNode.start(root);
  });
  afterAll(() => node.close());

  it('each event is delivered in order, and counted once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const receiver = await Receiver.start();
        const opened = await node.open();
        let { watch } = opened;
        watch.start(node.rooms);
        const reader = node.reader(SUPPLY);
        await watch.saveQuery(reader, { name: 'all', filter: {} });
        await watch.subscribe(reader, { name: 'all', url: receiver.url });
        const first = made + 1;
        for (const each of steps) {
          if (each.kind === 'CAPTURE') {
            await node.capture(Array.from({ length: each.count }, () => buildEvent(++made)));
          } else if (each.kind === 'ANSWER') receiver.replies.push({ status: each.status });
          else if (each.kind === 'REBUILD') await node.app.follower.rebuild();
          else if (each.kind === 'RESTART') {
            await watch.close();
            ({ watch } = await node.open({}, opened.directory));
            watch.start(node.rooms);
          } else {
            node.clock.go(each.ms);
            await watch.catchUp();
          }
        }
        receiver.replies = [];
        for (let i = 0; i < 3; i++) {
          node.clock.go(3_600_000);
          await watch.catchUp();
        }
        const [subscription] = watch.subscriptions(watch.query(reader, 'all')!);
        await watch.close();
        await receiver.stop();
        const wanted = Array.from({ length: made - first + 1 }, (_, i) => idOf(first + i));
        const come = receiver.received.flatMap(({ body }) =>
          eventsOf(body).map(({ eventID }) => eventID),
        );
        expect([...new Set(come)]).toEqual(wanted);
        expect(subscription).toMatchObject({ state: 'ACTIVE', failures: 0 });
        expect(subscription!.delivered).toBe(wanted.length);
      }),
      { numRuns: 12, seed: 20260304 },
    );
  });
});

function idOf(n: number): string {
  return `urn:uuid:00000000-0000-4000-8000-${String(n * 10 + 9).padStart(12, '0')}`;
}
