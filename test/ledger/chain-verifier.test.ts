import { beforeEach, describe, expect, it } from '@jest/globals';
import { utf8 } from '../../src/crypto/bytes.js';
import { cidOf } from '../../src/crypto/cid.js';
import { hashLeaf } from '../../src/ledger/tree.js';
import type { Statement } from '../../src/ledger/statement.js';
import { ChainVerifier } from '../../src/ledger/verify.js';
import {
  author,
  buildGenesis,
  buildKeyChange,
  buildPut,
  keyOf,
  PaperLog,
  sign,
  START,
  stranger,
} from './build-ledger.js';
import { naiveRoot } from './naive-tree.js';

const second = keyOf('second author');
let paper: PaperLog;

beforeEach(async () => {
  paper = await PaperLog.begin();
});

/** Checks all entries of the paper log, signatures included. */
async function check(log = paper, options: { log?: string } = {}): Promise<ChainVerifier> {
  const verifier = new ChainVerifier(options);
  for (const bytes of log.entries) await verifier.add(bytes);
  await verifier.root();
  return verifier;
}

const refused = (code: string, seq = paper.entries.length - 1) =>
  expect(check()).rejects.toMatchObject({ code, data: { seq } });

describe('a whole log', () => {
  it('is accepted, and has the root of its leaves', async () => {
    for (let i = 0; i < 20; i++) await paper.put({}, { at: START + i });
    const verifier = await check(paper, { log: paper.log });
    expect(verifier.size).toBe(21);
    expect(verifier.log).toBe(paper.log);
    expect(verifier.lastCid).toBe(paper.last);
    expect(await verifier.root()).toEqual(naiveRoot(paper.entries.map(hashLeaf)));
  });

  it('is refused when it is another log than expected', async () => {
    await expect(check(paper, { log: cidOf(utf8('another')) })).rejects.toMatchObject({
      code: 'ENTRY_REFUSED',
      data: { seq: 0 },
    });
  });

  it('is checked with many signatures under way, and waits for the last of them', async () => {
    const bad = await sign(buildPut(paper.log));
    for (let i = 0; i < 400; i++) await paper.put();
    paper.add({ ...bad, signature: (await sign(buildPut(paper.log))).signature });
    const verifier = new ChainVerifier();
    for (const bytes of paper.entries) await verifier.add(bytes);
    await expect(verifier.root()).rejects.toMatchObject({
      code: 'SIGNATURE_REFUSED',
      data: { seq: 401 },
    });
    await expect(verifier.add(await paper.put())).rejects.toMatchObject({ data: { seq: 401 } });
  });
});

describe('a log is refused', () => {
  it('when a statement is replayed in the same log', async () => {
    const signed = await sign(buildPut(paper.log));
    paper.add(signed);
    await paper.put();
    paper.add(signed);
    await refused('NONCE_REUSED');
  });

  it('when a nonce is used for another statement of the same author', async () => {
    const { nonce } = buildPut(paper.log);
    await paper.put({ nonce });
    await paper.put({ nonce });
    await refused('NONCE_REUSED');
  });

  it('when a statement is replayed from another log, or another organisation', async () => {
    const other = await PaperLog.begin(buildGenesis({ org: organisation('clinic-b') }));
    paper.add(await sign(buildPut(other.log)));
    await refused('ENTRY_REFUSED');
  });

  it('when the link to the entry before is forged', async () => {
    await paper.put();
    await paper.put({}, { prev: paper.log });
    await refused('ENTRY_REFUSED');
  });

  it('when the link of the first entry is not empty, or that of another is', async () => {
    const forged = new PaperLog();
    forged.add(await sign(buildGenesis()), { prev: paper.log });
    await expect(check(forged)).rejects.toMatchObject({ code: 'ENTRY_REFUSED', data: { seq: 0 } });
    await paper.put({}, { prev: '' });
    await refused('ENTRY_REFUSED');
  });

  it('when two entries claim one position, or one is left out', async () => {
    await paper.put();
    await paper.put({}, { seq: 1 });
    await refused('ENTRY_REFUSED');
    paper.entries.pop();
    await paper.put({}, { seq: 3 });
    await refused('ENTRY_REFUSED');
  });

  it('when an entry was taken out and the rest kept', async () => {
    await paper.put();
    await paper.put();
    paper.entries.splice(1, 1);
    await refused('ENTRY_REFUSED', 1);
  });

  it('when an entry was changed after another had been linked to it', async () => {
    await paper.put();
    const kept = paper.last;
    paper.entries.pop();
    await paper.put();
    await paper.put({}, { prev: kept });
    await refused('ENTRY_REFUSED');
  });

  it('when time runs backwards', async () => {
    await paper.put({}, { at: START + 10 });
    await paper.put({}, { at: START + 9 });
    await refused('ENTRY_REFUSED');
  });

  it.each([
    ['far ahead', { iat: START + 300_001 }, {}],
    ['older than the log', { iat: START - 300_001 }, {}],
    ['from the beginning of time', { iat: 0 }, {}],
  ])('when a statement is %s', async (_, statement, entry) => {
    await paper.put(statement, entry);
    await refused('ENTRY_REFUSED');
  });

  it.each([0.5, -1, 2 ** 53, 1e21])('when an entry has the time %d', async (at) => {
    await paper.put({}, { at });
    await expect(check()).rejects.toMatchObject({
      code: expect.stringMatching(/NON_CANONICAL|ENTRY_REFUSED/),
      data: { seq: 1 },
    });
  });

  it('when the clocks differ by more than five minutes, not when by less', async () => {
    await paper.put({ iat: START + 300_000 });
    await paper.put({ iat: START - 300_000 });
    await check();
  });

  it('when it does not begin with its genesis, or has two', async () => {
    const headless = new PaperLog();
    headless.add(await sign(buildPut(paper.log)));
    await expect(check(headless)).rejects.toMatchObject({ code: 'ENTRY_REFUSED' });
    paper.add(await sign(buildGenesis()));
    await refused('ENTRY_REFUSED');
  });

  it('when the genesis is signed by a key it does not name', async () => {
    const forged = await PaperLog.begin(buildGenesis(), stranger);
    await expect(check(forged)).rejects.toMatchObject({ code: 'ENTRY_REFUSED', data: { seq: 0 } });
  });

  it('when a statement has an unknown type or version', async () => {
    for (const members of [{ type: 'grant' }, { v: 2 }]) {
      const forged = { ...buildPut(paper.log), ...members } as Statement;
      await expect(sign(forged)).rejects.toMatchObject({ code: 'ENTRY_REFUSED' });
    }
  });
});

describe('the keys of a log', () => {
  const change = (type: 'key.add' | 'key.revoke', key = second, members: object = {}) =>
    buildKeyChange(type, paper.log, key, members);

  it('may sign once they are added and no more once they are revoked', async () => {
    paper.add(await sign(change('key.add')));
    paper.add(await sign(buildPut(paper.log), second));
    paper.add(await sign(change('key.revoke')));
    await check();
    paper.add(await sign(buildPut(paper.log), second));
    await refused('ENTRY_REFUSED');
  });

  it('may not sign before they are added', async () => {
    paper.add(await sign(buildPut(paper.log), second));
    paper.add(await sign(change('key.add')));
    await refused('ENTRY_REFUSED', 1);
  });

  it("refuse a stranger's", async () => {
    paper.add(await sign(buildPut(paper.log), stranger));
    await refused('ENTRY_REFUSED');
  });

  it('are not given away to a thief who signs for himself', async () => {
    paper.add(await sign(change('key.add', stranger), stranger));
    await refused('ENTRY_REFUSED');
  });

  it('do not come back after they were revoked, nor through a key that was', async () => {
    paper.add(await sign(change('key.add')));
    paper.add(await sign(change('key.revoke')));
    paper.add(await sign(change('key.add')));
    await refused('ENTRY_REFUSED');
    paper.entries.pop();
    paper.add(await sign(change('key.add', stranger), second));
    await refused('ENTRY_REFUSED');
  });

  it('may revoke themselves, but the last one not', async () => {
    paper.add(await sign(change('key.add')));
    paper.add(await sign(change('key.revoke'), second));
    await check();
    paper.add(await sign(change('key.revoke', author)));
    await refused('ENTRY_REFUSED');
  });

  it.each([
    ['added twice', ['key.add', 'key.add'], {}],
    ['revoked without being in force', ['key.revoke'], {}],
    ['added for another log', ['key.add'], { of: cidOf(utf8('another')) }],
    ['compromised in the future', ['key.add', 'key.revoke'], { compromisedSince: 3 }],
  ] as const)('are not %s', async (_, types, members) => {
    for (const [i, type] of types.entries()) {
      const isLast = i === types.length - 1;
      paper.add(await sign(change(type, second, isLast ? members : {})));
    }
    await refused('ENTRY_REFUSED');
  });

  it('are what the verifier says after the last entry', async () => {
    paper.add(await sign(change('key.add')));
    const { authority } = await check();
    expect([...authority!.authors.keys()]).toEqual([author.kid, second.kid]);
    expect(authority!.logKey).toEqual(keyOf('log').publicJwk);
  });
});

describe('an audit', () => {
  it('hears of every signature that does not verify, and goes on', async () => {
    const [a, b] = [await sign(buildPut(paper.log)), await sign(buildPut(paper.log))];
    paper.add({ ...a, signature: b.signature });
    await paper.put();
    paper.add({ ...b, signature: a.signature });
    const seqs: number[] = [];
    const verifier = new ChainVerifier({ onRefused: (seq) => seqs.push(seq) });
    for (const bytes of paper.entries) await verifier.add(bytes);
    await verifier.settle();
    expect(seqs.sort()).toEqual([1, 3]);
  });

  it('steps over an entry that is lost when it knows its leaf hash', async () => {
    for (let i = 0; i < 3; i++) await paper.put();
    const verifier = new ChainVerifier();
    for (const [seq, bytes] of paper.entries.entries()) {
      if (seq === 2) verifier.skip(hashLeaf(bytes));
      else await verifier.add(bytes);
    }
    expect(await verifier.root()).toEqual(naiveRoot(paper.entries.map(hashLeaf)));
  });
});

function organisation(slug: string) {
  return { name: slug, slug, identifiers: {} };
}
