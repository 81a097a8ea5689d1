import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, type ExecutionResult } from 'graphql';
import { presentErrors } from '../../../src/api/graphql/error.js';
import { prepareOperation } from '../../../src/api/graphql/prepare.js';
import { watchEntries } from '../../../src/query/watch.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { captureAll } from './support/capture-all.js';
import { ANONYMOUS, CLINICIAN, startApi, type TestApi } from './support/start-api.js';
import type { Viewer } from '../../../src/access/viewer.js';

const WATCH =
  'subscription ($after: Seq) { entries(after: $after) { seq record { cid content } } }';
const WATCH_FACTS = 'subscription ($after: Seq) { entries(after: $after) { seq cid } }';

type Stream = AsyncGenerator<
  ExecutionResult<{ entries: { seq: number; record?: { cid: string } } }>
>;

describe('listening to a log', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let made = 0;
  beforeAll(async () => {
    api = await startApi(directory);
    await capture(3);
  });
  afterAll(() => api.close());

  const capture = (count: number) =>
    captureAll(
      api,
      Array.from({ length: count }, () => buildObservation(++made)),
    );
  const listen = async (
    viewer: Viewer,
    query: string,
    variables: Record<string, unknown> = {},
    signal?: AbortSignal,
  ): Promise<Stream> => {
    const operation = prepareOperation({ query, variables }, api.context(viewer, signal));
    if (!('document' in operation)) throw new Error(JSON.stringify(operation));
    const stream = await subscribe(operation);
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    return stream as Stream;
  };
  const next = async (stream: Stream) => (await stream.next()).value?.data?.entries;

  it('hears of each entry as it comes, and can query it at once', async () => {
    const stream = await listen(CLINICIAN, WATCH);
    const { size } = api.app.ledger.head();
    const heard = Promise.all([next(stream), next(stream)]);
    const captured = await capture(2);
    expect(await heard).toMatchObject(
      captured.map(({ cid }, i) => ({
        seq: size + i,
        record: { cid, content: expect.any(String) },
      })),
    );
    await stream.return(undefined);
  });

  it('goes on after the last entry heard of: none left out, none twice', async () => {
    const { size } = api.app.ledger.head();
    const first = await listen(ANONYMOUS, WATCH_FACTS, { after: 0 });
    const heard = [await next(first), await next(first)];
    await first.return(undefined);
    const again = await listen(ANONYMOUS, WATCH_FACTS, { after: heard[1]!.seq });
    const captured = capture(70);
    while (heard.length < size - 1 + 70) heard.push(await next(again));
    await captured;
    expect(heard.map((entry) => entry?.seq)).toEqual(
      Array.from({ length: size + 69 }, (_, i) => i + 1),
    );
    await again.return(undefined);
  });

  it('refuses a position the log has not reached', async () => {
    const after = api.app.ledger.head().size;
    const context = api.context(CLINICIAN);
    const operation = prepareOperation({ query: WATCH_FACTS, variables: { after } }, context);
    if (!('document' in operation)) throw new Error('it should be prepared');
    const result = (await subscribe(operation)) as ExecutionResult;
    expect(presentErrors(result.errors ?? [], context)).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', limit: after, requestId: context.requestId } },
    ]);
  });

  it('tells a stranger of entries, and not of records', async () => {
    const stream = await listen(ANONYMOUS, WATCH, { after: 0 });
    const { value } = await stream.next();
    expect(value).toMatchObject({ data: { entries: { seq: 1, record: null } } });
    const shown = presentErrors(value.errors, api.context(ANONYMOUS));
    expect(shown).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await stream.return(undefined);
  });

  it('ends while it waits when the listener goes, and when the caller does', async () => {
    const controller = new AbortController();
    const gone = await listen(ANONYMOUS, WATCH_FACTS);
    const cut = await listen(ANONYMOUS, WATCH_FACTS, {}, controller.signal);
    const waiting = [gone.next(), cut.next()];
    await gone.return(undefined);
    controller.abort();
    for (const end of await Promise.all(waiting)) expect(end).toMatchObject({ done: true });
  });

  it('leaves nothing behind when it ends', async () => {
    const { follower, graph } = api.app;
    let listeners = 0;
    const counting = {
      ...api.rooms,
      graph,
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
    const entries = watchEntries(counting, { after: 0 });
    expect(await entries.next()).toMatchObject({ value: { seq: 1 } });
    expect(listeners).toBe(1);
    await entries.return?.();
    expect(listeners).toBe(0);
    const ended = watchEntries(counting, { signal: AbortSignal.abort() });
    expect(await ended.next()).toEqual({ done: true, value: undefined });
    expect(listeners).toBe(0);
  });

  it.each([
    ['GRAPHQL_PARSE_FAILED', 'subscription {'],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { nothing }'],
    ['QUERY_TOO_COMPLEX', `subscription { entries { ${'seq '.repeat(2_001)} } }`],
    ['QUERY_TOO_COMPLEX', `subscription { entries { ${'a: seq '.repeat(31)} } }`],
    ['BAD_USER_INPUT', 'subscription ($after: Seq!) { entries(after: $after) { seq } }'],
  ])('goes through the same gates as a query: %s', (code, query) => {
    const context = api.context(CLINICIAN);
    const refused = prepareOperation({ query }, context);
    if ('document' in refused) throw new Error('it should be refused');
    expect(presentErrors(refused, context)[0]?.extensions?.['code']).toBe(code);
  });
});
