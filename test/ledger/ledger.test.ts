import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { equalBytes, utf8 } from '../../src/crypto/bytes.js';
import { cidOf } from '../../src/crypto/cid.js';
import { decodeEntry, entryCid } from '../../src/ledger/entry.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { LevelJournal } from '../../src/ledger/level-journal.js';
import { decodeStatement, statementCid } from '../../src/ledger/statement.js';
import { decodeBundle, formatTilePath, parseTilePath } from '../../src/ledger/tile.js';
import { hashLeaf } from '../../src/ledger/tree.js';
import { verifyConsistency, verifyInclusion } from '../../src/ledger/verify.js';
import { checkLedger } from '../support/check-ledger.js';
import { tempDirectory } from '../support/temp-directory.js';
import {
  author,
  buildGenesis,
  buildKeyChange,
  buildPut,
  createLedger,
  keyOf,
  openLedger,
  ORIGIN,
  sign,
  signPuts,
  START,
  stranger,
} from './build-ledger.js';

const root = tempDirectory();
const opened: Ledger[] = [];
afterAll(() => Promise.all(opened.map((ledger) => ledger.close())));

async function newLedger(options: Parameters<typeof createLedger>[1] = {}): Promise<Ledger> {
  const { ledger } = await createLedger(root, options);
  opened.push(ledger);
  return ledger;
}

const trusted = { trusted: true };

describe('a new log', () => {
  it('has one entry, its genesis, and a checkpoint of it', async () => {
    const ledger = await newLedger();
    expect(ledger.head()).toMatchObject({ size: 1, origin: ORIGIN });
    const genesis = decodeEntry(await ledger.entry(0));
    expect(ledger.log).toBe(entryCid(await ledger.entry(0)));
    expect(decodeStatement(genesis.statement)).toMatchObject({ type: 'genesis', inception: START });
    expect(ledger.authorKid).toBe(author.kid);
    expect(ledger.keys()).toEqual([author.publicJwk]);
    await checkLedger(ledger);
  });

  it.each(['', 'a b', 'a+b', '../x', 'a//b', 'a/../b', 'a\nb'])(
    'is not begun under the origin %j',
    async (origin) => {
      const begun = createLedger(root, { origin } as object).then(({ ledger }) => ledger.origin);
      await expect(begun).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );
});

describe('append', () => {
  it('gives each statement its place, and a receipt that says so', async () => {
    const ledger = await newLedger();
    const statements = await signPuts(ledger.log, 5);
    const receipts = await ledger.append(statements, trusted);
    const { size, checkpoint } = ledger.head();
    expect(size).toBe(6);
    for (const [i, receipt] of receipts.entries()) {
      const bytes = await ledger.entry(i + 1);
      expect(receipt).toEqual({
        seq: i + 1,
        entryCid: entryCid(bytes),
        statementCid: statementCid(statements[i]!),
        at: START,
        state: 'PUBLISHED',
        size,
        checkpoint,
        repeated: false,
      });
      expect(decodeEntry(bytes).statement).toEqual(statements[i]);
    }
    await checkLedger(ledger);
  });

  it('puts calls that come together into few groups, each call in one piece', async () => {
    const ledger = await newLedger();
    const counts = [3, 1, 2, 40, ...Array.from({ length: 54 }, () => 1)];
    const calls = await Promise.all(counts.map((n) => signPuts(ledger.log, n)));
    let groups = 0;
    ledger.onGrow(() => groups++);
    const receipts = await Promise.all(calls.map((call) => ledger.append(call, trusted)));
    for (const call of receipts) {
      expect(call.map(({ seq }) => seq)).toEqual(call.map((_, i) => call[0]!.seq + i));
    }
    expect(new Set(receipts.flat().map(({ seq }) => seq)).size).toBe(100);
    expect(groups).toBeLessThan(counts.length / 2);
    await checkLedger(ledger);
  });

  it('answers with SEQUENCED before the checkpoint, and publishes all the same', async () => {
    const ledger = await newLedger();
    const grown = new Promise<number>((resolve) => void ledger.onGrow(resolve));
    const statements = await signPuts(ledger.log, 3);
    const [receipt] = await ledger.append(statements, { trusted: true, until: 'SEQUENCED' });
    expect(receipt).toMatchObject({ state: 'SEQUENCED', size: 4 });
    expect(receipt).not.toHaveProperty('checkpoint');
    expect(await grown).toBe(4);
    expect(ledger.head().size).toBe(4);
  });

  it('dates entries no earlier than the one before when the clock jumps back', async () => {
    let now = START;
    const ledger = await newLedger({ now: () => now });
    now += 60_000;
    await ledger.append(await signPuts(ledger.log, 1), trusted);
    now -= 3_600_000;
    const [receipt] = await ledger.append(await signPuts(ledger.log, 1), trusted);
    expect(receipt!.at).toBe(START + 60_000);
    await checkLedger(ledger);
  });

  it('grows over many tiles, in groups of every size', async () => {
    const ledger = await newLedger();
    for (const count of [1, 254, 1, 255, 256, 257, 1_100]) {
      await ledger.append(await signPuts(ledger.log, count), trusted);
      await checkLedger(ledger);
    }
  });

  it('takes nothing for nothing', async () => {
    const ledger = await newLedger();
    expect(await ledger.append([])).toEqual([]);
    expect(ledger.head().size).toBe(1);
  });

  it('takes all of a call or none of it, and spares the calls beside it', async () => {
    const ledger = await newLedger();
    const good = await signPuts(ledger.log, 2);
    const foreign = await sign(buildPut(cidOf(utf8('another log'))));
    const results = await Promise.allSettled([
      ledger.append([good[0]!], trusted),
      ledger.append([...(await signPuts(ledger.log, 2)), foreign], trusted),
      ledger.append([good[1]!], trusted),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'ENTRY_REFUSED' } });
    expect(ledger.head().size).toBe(3);
    await checkLedger(ledger);
  });

  it('refuses after close', async () => {
    const { ledger } = await createLedger(root);
    const [statement] = await signPuts(ledger.log, 1);
    await ledger.close();
    await ledger.close();
    await expect(ledger.append([statement!], trusted)).rejects.toMatchObject({
      code: 'SHUTTING_DOWN',
    });
  });

  it('finishes what it took when it is closed meanwhile', async () => {
    const { ledger, directory } = await createLedger(root);
    const statements = await signPuts(ledger.log, 30);
    const appended = statements.map((statement) => ledger.append([statement], trusted));
    const settled = Promise.allSettled(appended);
    await ledger.close();
    const taken = (await settled).filter(({ status }) => status === 'fulfilled');
    const again = await openLedger(directory);
    opened.push(again);
    expect(again.head().size).toBe(1 + taken.length);
  });
});

describe('a statement sent again', () => {
  it('gets its first receipt, and no second entry', async () => {
    const ledger = await newLedger();
    const statements = await signPuts(ledger.log, 3);
    const first = await ledger.append(statements, trusted);
    await ledger.append(await signPuts(ledger.log, 2), trusted);
    const again = await ledger.append([statements[2]!, statements[0]!], trusted);
    const place = ({ seq, entryCid, statementCid, at }: (typeof first)[0]) => [
      seq,
      entryCid,
      statementCid,
      at,
    ];
    expect(again.map(place)).toEqual([first[2]!, first[0]!].map(place));
    expect(again.every(({ repeated }) => repeated)).toBe(true);
    expect(ledger.head().size).toBe(6);
    await checkLedger(ledger);
  });

  it('is known within one call and within one group', async () => {
    const ledger = await newLedger();
    const [a, b] = await signPuts(ledger.log, 2);
    const [one, two] = await Promise.all([
      ledger.append([a!, a!], trusted),
      ledger.append([b!, a!], trusted),
    ]);
    expect([...one, ...two].map(({ seq }) => seq)).toEqual([1, 1, 2, 1]);
    expect(ledger.head().size).toBe(3);
    await checkLedger(ledger);
  });

  it('is refused when its nonce stands for other bytes, earlier or in the same group', async () => {
    const ledger = await newLedger();
    const { nonce } = buildPut(ledger.log);
    const [a, b] = [
      await sign(buildPut(ledger.log, { nonce })),
      await sign(buildPut(ledger.log, { nonce })),
    ];
    const results = await Promise.allSettled([
      ledger.append([a], trusted),
      ledger.append([b], trusted),
    ]);
    expect(results).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'NONCE_REUSED', data: { seq: 1 } } },
    ]);
    await expect(ledger.append([b], trusted)).rejects.toMatchObject({ code: 'NONCE_REUSED' });
    expect(ledger.head().size).toBe(2);
    await checkLedger(ledger);
  });

  it('leaves no trace of the call it made fail, so that the nonces beside it can be used', async () => {
    const ledger = await newLedger();
    const { nonce } = buildPut(ledger.log);
    const [fresh] = await signPuts(ledger.log, 1);
    const clash = async () => sign(buildPut(ledger.log, { nonce }));
    await ledger.append([await clash()], trusted);
    const results = await Promise.allSettled([
      ledger.append([fresh!, await clash()], trusted),
      ledger.append([fresh!], trusted),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(ledger.head().size).toBe(3);
  });

  it('is found by its nonce', async () => {
    const ledger = await newLedger();
    const put = buildPut(ledger.log);
    const [receipt] = await ledger.append([await sign(put)], trusted);
    const other = buildPut(ledger.log).nonce;
    expect(await ledger.findNonce(author.kid, [other, put.nonce])).toEqual([
      undefined,
      { seq: receipt!.seq, statementCid: receipt!.statementCid },
    ]);
    expect(await ledger.findNonce(stranger.kid, [put.nonce])).toEqual([undefined]);
  });
});

describe('a statement that is not trusted', () => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await newLedger();
  });
  const refuses = async (statements: Parameters<Ledger['append']>[0], code: string) => {
    const { size } = ledger.head();
    await expect(ledger.append(statements)).rejects.toMatchObject({ code });
    expect(ledger.head().size).toBe(size);
  };

  it('is taken when its author signed it', async () => {
    const [receipt] = await ledger.append(await signPuts(ledger.log, 1));
    expect(receipt!.state).toBe('PUBLISHED');
  });

  it('is refused with a signature that does not match, and so is the call', async () => {
    const [a, b] = await signPuts(ledger.log, 2);
    await refuses([a!, { ...b!, signature: a!.signature }], 'SIGNATURE_REFUSED');
  });

  it('is refused from a key that is foreign, not in force yet or revoked', async () => {
    const second = keyOf('second');
    const by = async () => sign(buildPut(ledger.log), second);
    await refuses([await sign(buildPut(ledger.log), stranger)], 'SIGNATURE_REFUSED');
    await refuses([await by()], 'SIGNATURE_REFUSED');
    await ledger.append([await sign(buildKeyChange('key.add', ledger.log, second))]);
    await ledger.append([await by()]);
    expect(ledger.keys()).toHaveLength(2);
    await ledger.append([await sign(buildKeyChange('key.revoke', ledger.log, second))]);
    await refuses([await by()], 'SIGNATURE_REFUSED');
    await expect(ledger.append([await by()], trusted)).rejects.toMatchObject({
      code: 'ENTRY_REFUSED',
    });
    await checkLedger(ledger);
  });

  it('is refused with a time far ahead or far back', async () => {
    for (const iat of [START + 300_001, START - 300_001, 0]) {
      await refuses([await sign(buildPut(ledger.log, { iat }))], 'ENTRY_REFUSED');
    }
  });

  it('is refused as a second genesis', async () => {
    const { statement } = decodeEntry(await ledger.entry(0));
    const [receipt] = await ledger.append([statement]);
    expect(receipt).toMatchObject({ seq: 0, repeated: true });
    await refuses([await sign(buildGenesis())], 'ENTRY_REFUSED');
  });
});

describe('push-back', () => {
  it('says LOG_BUSY when 8,192 statements wait, and takes them again later', async () => {
    const ledger = await newLedger();
    const [one] = await signPuts(ledger.log, 1);
    const many = await signPuts(ledger.log, 8_192);
    const whole = ledger.append(many, trusted);
    await expect(ledger.append([one!], trusted)).rejects.toMatchObject({
      code: 'LOG_BUSY',
      retryable: true,
    });
    expect(await whole).toHaveLength(8_192);
    const [receipt] = await ledger.append([one!], trusted);
    expect(receipt!.seq).toBe(8_193);
    await checkLedger(ledger);
    await expect(ledger.append([...many, one!], trusted)).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  it('gives room back when what it held was refused', async () => {
    const ledger = await newLedger();
    const [one] = await signPuts(ledger.log, 1);
    const broken = { ...one!, payload: 'AAAA' };
    const many = Array.from({ length: 5_000 }, () => broken);
    for (let i = 0; i < 3; i++) {
      await expect(ledger.append(many, trusted)).rejects.toMatchObject({
        code: expect.stringMatching(/NON_CANONICAL|MALFORMED_JSON/),
      });
    }
    expect(await ledger.append([one!], trusted)).toHaveLength(1);
  });
});

describe('reading', () => {
  let ledger: Ledger;
  const sizes: number[] = [];
  const roots: Uint8Array[] = [];

  beforeAll(async () => {
    ledger = await newLedger();
    for (const count of [10, 300, 200, 90]) {
      await ledger.append(await signPuts(ledger.log, count), trusted);
      sizes.push(ledger.head().size);
      roots.push(ledger.head().root);
    }
  });

  it('proves every entry in every published tree', async () => {
    for (const [i, size] of sizes.entries()) {
      for (let seq = 0; seq < size; seq += 37) {
        const { hashes } = await ledger.inclusionProof(seq, size);
        verifyInclusion(hashes, seq, size, hashLeaf(await ledger.entry(seq)), roots[i]!);
      }
    }
  });

  it('reads each tile once for all the proofs that need it', async () => {
    const { ledger: made, directory } = await createLedger(root);
    await made.append(await signPuts(made.log, 600), trusted);
    await made.close();
    const tilesRead: string[] = [];
    const again = await openLedger(directory, {
      openJournal: async (path) => {
        const journal = await LevelJournal.open(path);
        const tile = journal.tile.bind(journal);
        journal.tile = (level, index) => {
          tilesRead.push(`${level}/${index}`);
          return tile(level, index);
        };
        return journal;
      },
    });
    opened.push(again);
    tilesRead.length = 0;
    await Promise.all([0, 1, 200, 300, 400, 599].map((seq) => again.inclusionProof(seq)));
    expect(tilesRead.sort()).toEqual(['0/0', '0/1']);
  });

  it('proves that each published tree begins with those before', async () => {
    for (const [i, from] of sizes.entries()) {
      for (const [j, to] of sizes.entries()) {
        if (j < i) continue;
        const { hashes } = await ledger.consistencyProof(from, to);
        verifyConsistency(from, to, roots[i]!, roots[j]!, hashes);
      }
    }
  });

  it('proves nothing about trees that were not published', async () => {
    const { size } = ledger.head();
    for (const [seq, of] of [
      [0, size + 1],
      [size, size],
      [-1, size],
      [0.5, size],
      [0, 0],
    ] as const) {
      await expect(ledger.inclusionProof(seq, of)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    }
    for (const [from, to] of [
      [0, size],
      [size + 1, size + 1],
      [5, 4],
      [1, 2 ** 53],
    ] as const) {
      await expect(ledger.consistencyProof(from, to)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    }
  });

  it('serves tiles and bundles by the addresses of tlog-tiles, and nothing beyond', async () => {
    const { size } = ledger.head();
    const paths = ['tile/0/000', 'tile/0/001', `tile/0/002.p/${size - 512}`, 'tile/1/000.p/2'];
    for (const path of paths) {
      const { level, index, width } = parseTilePath(path);
      expect(await ledger.tile(level as number, index, width)).toHaveLength(width * 32);
      expect(formatTilePath({ level, index, width })).toBe(path);
    }
    const whole = await ledger.tile(0, 2);
    expect(await ledger.tile(0, 2, 7)).toEqual(whole.slice(0, 7 * 32));
    const bundle = decodeBundle(await ledger.entryBundle(2, 7));
    expect(equalBytes(Buffer.concat(bundle.map(hashLeaf)), whole.slice(0, 7 * 32))).toBe(true);
    for (const address of [
      [0, 3],
      [1, 1],
      [2, 0],
      [0, 2, size],
      [0, 0, 0],
      [0, -1],
      [-1, 0],
      [0.5, 0],
    ]) {
      const [level, index, width] = address as [number, number, number?];
      await expect(ledger.tile(level, index, width)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(ledger.entryBundle(3)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('yields entries of a range in order, and stops where the published log does', async () => {
    const { size } = ledger.head();
    const seqs = async (from: number, to: number) => {
      const found: number[] = [];
      for await (const { seq, bytes } of ledger.entries(from, to)) {
        expect(decodeEntry(bytes).seq).toBe(seq);
        found.push(seq);
      }
      return found;
    };
    expect(await seqs(250, 260)).toEqual(Array.from({ length: 10 }, (_, i) => 250 + i));
    expect(await seqs(size - 2, size + 100)).toEqual([size - 2, size - 1]);
    expect(await seqs(size, size + 1)).toEqual([]);
    expect(await seqs(5, 5)).toEqual([]);
    for (const seq of [size, -1, 0.5, 2 ** 53]) {
      await expect(ledger.entry(seq)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('hears of growth until it stops listening', async () => {
    const heard: number[] = [];
    const stop = ledger.onGrow((size) => heard.push(size));
    await ledger.append(await signPuts(ledger.log, 1), trusted);
    stop();
    await ledger.append(await signPuts(ledger.log, 1), trusted);
    expect(heard).toEqual([ledger.head().size - 1]);
  });
});
