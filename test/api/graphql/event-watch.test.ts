import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, type ExecutionResult } from 'graphql';
import type { Viewer } from '../../../src/access/viewer.js';
import { presentErrors } from '../../../src/api/graphql/error.js';
import { prepareOperation } from '../../../src/api/graphql/prepare.js';
import { watchEvents } from '../../../src/query/event-watch.js';
import { Reader } from '../../../src/query/reader.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildEvent } from './support/build-visit.js';
import { captureAll } from './support/capture-all.js';
import { ANONYMOUS, RESEARCHER, startApi, SUPPLY, type TestApi } from './support/start-api.js';

const WATCH = `subscription ($filter: EventFilter, $after: Seq) {
  events(filter: $filter, after: $after) { seq eventID epcList { epcs } record { cid } }
}`;

interface Heard {
  seq: number;
  epcList: { epcs: string[] };
  record: { cid: string };
}

type Stream = AsyncGenerator<ExecutionResult<{ events: Heard }>>;

describe('listening to events', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let made = 0;
  beforeAll(async () => {
    api = await startApi(directory);
    await capture(3);
  });
  afterAll(() => api.close());

  /** Each event with a record beside it that is none. */
  const capture = (count: number) =>
    captureAll(
      api,
      Array.from({ length: count }, () => [buildEvent(++made), buildObservation(made)]).flat(),
    );
  const begin = async (viewer: Viewer, variables: object = {}, signal?: AbortSignal) => {
    const context = api.context(viewer, signal);
    const operation = prepareOperation({ query: WATCH, variables: { ...variables } }, context);
    if (!('document' in operation)) throw new Error(JSON.stringify(operation));
    return { context, result: await subscribe(operation) };
  };
  const listen = async (variables: object = {}, signal?: AbortSignal): Promise<Stream> => {
    const { result } = await begin(SUPPLY, variables, signal);
    if (!(Symbol.asyncIterator in result)) throw new Error(JSON.stringify(result));
    return result as Stream;
  };
  const next = async (stream: Stream) => (await stream.next()).value?.data?.events as Heard;

  it('hears of each event as it comes, and can query it at once', async () => {
    const stream = await listen();
    const heard = Promise.all([next(stream), next(stream)]);
    const captured = await capture(2);
    expect(await heard).toMatchObject(
      [captured[0]!, captured[2]!].map(({ seq, cid }, i) => ({
        seq,
        record: { cid },
        epcList: { epcs: [`https://id.gs1.org/01/10614141073464/21/${made - 1 + i}`] },
      })),
    );
    await stream.return(undefined);
  });

  it('hears only of those that are meant', async () => {
    const epc = (n: number) => `urn:epc:id:sgtin:0614141.107346.${n}`;
    const wanted = [made + 2, made + 5];
    const stream = await listen({ filter: { MATCH_epc: wanted.map(epc) } });
    const heard = Promise.all([next(stream), next(stream)]);
    const captured = await capture(5);
    expect((await heard).map(({ seq }) => seq)).toEqual([captured[2]!.seq, captured[8]!.seq]);
    await stream.return(undefined);
  });

  it('goes on after the last event heard of: none left out, none twice', async () => {
    const before = made;
    const first = await listen({ after: 0 });
    const heard = [await next(first), await next(first)];
    await first.return(undefined);
    const again = await listen({ after: heard[1]!.seq });
    const captured = capture(70);
    while (heard.length < before + 70) heard.push(await next(again));
    await captured;
    expect(heard.map(({ epcList }) => epcList.epcs[0]?.split('/').at(-1))).toEqual(
      Array.from({ length: made }, (_, i) => String(i + 1)),
    );
    await again.return(undefined);
  });

  it.each([
    ['UNAUTHENTICATED', ANONYMOUS, {}],
    ['FORBIDDEN', RESEARCHER, {}],
    ['BAD_USER_INPUT', SUPPLY, { after: 1_000_000 }],
    ['BAD_USER_INPUT', SUPPLY, { filter: { EQ_bizStep: ['no such step'] } }],
  ])('is refused: %s', async (code, viewer, variables) => {
    const { context, result } = await begin(viewer, variables);
    const { errors = [] } = result as ExecutionResult;
    expect(presentErrors(errors, context)).toMatchObject([{ extensions: { code } }]);
  });

  it('ends while it waits when the listener goes, and when the caller does', async () => {
    const controller = new AbortController();
    const gone = await listen();
    const cut = await listen({}, controller.signal);
    const waiting = [gone.next(), cut.next()];
    await gone.return(undefined);
    controller.abort();
    for (const end of await Promise.all(waiting)) expect(end).toMatchObject({ done: true });
  });

  it('leaves nothing behind when it ends', async () => {
    const { follower } = api.app;
    let listeners = 0;
    const counting = {
      ...api.rooms,
      follower: {
        onApplied(listener: (cursor: number) => void) {
          listeners++;
          const stop = follower.onApplied(listener);
          return () => {
            listeners--;
            stop();
          };
        },
      } as typeof follower,
    };
    const events = watchEvents(new Reader(counting, SUPPLY), { after: 0 });
    expect(await events.next()).toMatchObject({ done: false });
    expect(listeners).toBe(1);
    await events.return?.();
    expect(listeners).toBe(0);
  });
});
