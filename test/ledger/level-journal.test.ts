import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeEntry } from '../../src/ledger/entry.js';
import { emptyLog, planGroup, type Change } from '../../src/ledger/group.js';
import { planGenesis } from '../../src/ledger/genesis.js';
import { LevelJournal } from '../../src/ledger/level-journal.js';
import { readState } from '../../src/ledger/log-state.js';
import { statementCid } from '../../src/ledger/statement.js';
import { readSubmissions } from '../../src/ledger/submission.js';
import { tempDirectory } from '../support/temp-directory.js';
import { author, logSigner, ORIGIN, seededBytes, signPuts, START } from './build-ledger.js';

const directory = join(tempDirectory(), 'journal');
let journal: LevelJournal;
let genesis: Change;

beforeAll(async () => {
  genesis = await planGenesis({
    organisation: { name: 'A', slug: 'a', identifiers: {} },
    origin: ORIGIN,
    logSigner,
    authorSigner: author,
    now: () => START,
    randomBytes: seededBytes('journal'),
  });
  journal = await LevelJournal.create(directory);
});
afterAll(() => journal.close());

async function planPuts(change: Change, count: number): Promise<Change> {
  const puts = await signPuts(change.state.head.log, count);
  const submissions = await readSubmissions(puts, true, () => undefined);
  const used = puts.map(() => undefined);
  return (await planGroup([submissions], used, change.state, START)).change!;
}

describe('the journal', () => {
  it('is empty at first', async () => {
    expect(await journal.head()).toBeUndefined();
    expect(await journal.authority()).toBeUndefined();
    expect(await journal.entry(0)).toBeUndefined();
    expect(await journal.tile(0, 0)).toBeUndefined();
  });

  it('holds all of a group once commit has returned, and after a restart', async () => {
    await journal.commit(genesis.group);
    const { state, group } = await planPuts(genesis, 300);
    await journal.commit(group);
    const check = async () => {
      expect(await journal.head()).toEqual(state.head);
      expect(await journal.authority()).toEqual(state.authority);
      for (const { seq, bytes, author: kid, nonce } of group.entries.slice(-3)) {
        expect(Buffer.from((await journal.entry(seq))!)).toEqual(Buffer.from(bytes));
        const use = { seq, statementCid: statementCid(decodeEntry(bytes).statement) };
        const uses = ['never used', nonce, 'nor this'].map((each) => ({
          author: kid,
          nonce: each,
        }));
        expect(await journal.nonces(uses)).toEqual([undefined, use, undefined]);
      }
      const seqs: number[] = [];
      for await (const { seq } of journal.entries(0, 1_000)) seqs.push(seq);
      expect(seqs).toEqual(Array.from({ length: 301 }, (_, i) => i));
      expect((await readState(journal)).tree.root()).toEqual(state.head.root);
    };
    await check();
    await journal.reopen();
    await check();
  });

  it('refuses a group that was not computed from its head', async () => {
    const base = await readState(journal);
    const [one, two] = [
      await planPuts({ ...genesis, state: base }, 1),
      await planPuts({ ...genesis, state: base }, 1),
    ];
    await journal.commit(one.group);
    for (const stale of [two.group, one.group, genesis.group]) {
      await expect(journal.commit(stale)).rejects.toMatchObject({ code: 'LOG_DIVERGED' });
    }
    expect((await journal.head())!.size).toBe(302);
    expect(Buffer.from((await journal.entry(301))!)).toEqual(
      Buffer.from(one.group.entries[0]!.bytes),
    );
  });

  it('is opened by one at a time', async () => {
    await expect(LevelJournal.open(directory)).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_LOCKED',
    });
    await expect(LevelJournal.open(join(directory, 'nowhere'))).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_MISSING',
    });
  });
});

describe('a plan', () => {
  it('changes nothing by itself', async () => {
    const base = emptyLog(ORIGIN);
    const before = genesis.state.tree.root();
    await planPuts(genesis, 3);
    expect(genesis.state.tree.root()).toEqual(before);
    expect(base.tree.size).toBe(0);
  });

  it('takes nothing but a genesis first', async () => {
    const puts = await signPuts(genesis.state.head.log, 1);
    const submissions = await readSubmissions(puts, true, () => undefined);
    const plan = await planGroup([submissions], [undefined], emptyLog(ORIGIN), START);
    expect(plan.change).toBeUndefined();
    expect(plan.outcomes).toMatchObject([{ code: 'ENTRY_REFUSED' }]);
  });
});
