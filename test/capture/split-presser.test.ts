import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPresser } from '../../src/capture/presser.js';
import { SplitPresser } from '../../src/capture/split-presser.js';
import { utf8 } from '../../src/crypto/bytes.js';
import { formatCid } from '../../src/crypto/cid.js';
import { sha256 } from '../../src/crypto/digest.js';
import { Keyring } from '../../src/crypto/keyring.js';
import { systemRandomBytes } from '../../src/crypto/random.js';
import { generateSigningKey, thumbprint } from '../../src/crypto/signing-key.js';
import { buildObservation } from '../support/build-record.js';
import { tempDirectory } from '../support/temp-directory.js';

/** Two pressers that sign with keys of their own, so that a record tells who pressed it. */
const keys = { here: generateSigningKey(), thread: generateSigningKey() };
const chance = { now: Date.now, randomBytes: systemRandomBytes };
const master = systemRandomBytes(32);
const root = tempDirectory();
let keyring: Keyring;
let presser: SplitPresser;

beforeAll(async () => {
  keyring = await Keyring.open(root, master);
  const answers = {
    scopes: (labels: string[]) => keyring.promiseScopes(labels),
    used: async (nonces: string[]) => nonces.map(() => undefined),
    versions: async () => [],
  };
  const log = formatCid(sha256(utf8('a log')));
  const by = (name: keyof typeof keys) =>
    createPresser({ log, author: keys[name], master }, answers, chance);
  presser = new SplitPresser(by('here'), by('thread'));
});
afterAll(async () => {
  await presser.close();
  await keyring.close();
});

async function authorsOf(texts: string[]): Promise<string[]> {
  const authors: string[] = [];
  for await (const { records } of presser.press({ documents: texts.map((text) => ({ text })) })) {
    for (const { submission } of records) authors.push(submission.author);
  }
  return authors;
}

describe('work for the press', () => {
  it.each([
    ['one record', [buildObservation(1)], 'here'],
    ['eight records', Array.from({ length: 8 }, (_, n) => buildObservation(n)), 'here'],
    ['nine records', Array.from({ length: 9 }, (_, n) => buildObservation(n)), 'thread'],
    ['a long record', [buildObservation(1, { note: [{ text: 'x'.repeat(4_096) }] })], 'thread'],
  ] as const)('of %s is done on the right side', async (_name, texts, place) => {
    const authors = await authorsOf([...texts]);
    expect(authors).toEqual(texts.map(() => thumbprint(keys[place])));
  });
});
