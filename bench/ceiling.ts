import { ClassicLevel } from 'classic-level';
import { createCipheriv, generateKeyPairSync, hash, randomBytes, sign } from 'node:crypto';
import { join } from 'node:path';
import { perSecond, rateOf } from './measure.ts';
import type { Bench, Stage } from './stage.ts';

const RECORD_BYTES = 1024;
/** About what the signed part of a statement measures. */
const STATEMENT_BYTES = 512;
const GROUP = 512;

/** What this machine's primitives do on one thread: no figure below can be better than these allow. */
export const ceiling: Bench = {
  rows: ['ceiling.sign', 'ceiling.seal', 'ceiling.hash', 'ceiling.put'],
  async run(stage) {
    const durationMs = stage.quick ? 200 : 1500;
    signs(stage, durationMs);
    seals(stage, durationMs);
    hashes(stage, durationMs);
    await puts(stage, durationMs * 2);
  },
};

function signs(stage: Stage, durationMs: number): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const message = randomBytes(STATEMENT_BYTES);
  const rate = rateOf(() => void sign(null, message, privateKey), durationMs);
  stage.report('ceiling.sign', rate, 'signatures/s', `Ed25519, ${STATEMENT_BYTES} B, one thread`);
}

function seals(stage: Stage, durationMs: number): void {
  const key = randomBytes(32);
  const plaintext = randomBytes(RECORD_BYTES);
  const seal = () => {
    const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12));
    cipher.update(plaintext);
    cipher.final();
    cipher.getAuthTag();
  };
  stage.report(
    'ceiling.seal',
    rateOf(seal, durationMs),
    'seals/s',
    'AES-256-GCM, 1 KB, one thread',
  );
}

function hashes(stage: Stage, durationMs: number): void {
  const block = randomBytes(RECORD_BYTES);
  const rate = rateOf(() => void hash('sha256', block, 'buffer'), durationMs);
  stage.report('ceiling.hash', rate, 'hashes/s', 'SHA-256, 1 KB, one thread');
}

async function puts(stage: Stage, durationMs: number): Promise<void> {
  const options = { keyEncoding: 'view', valueEncoding: 'view' } as const;
  const level = new ClassicLevel<Uint8Array, Uint8Array>(join(stage.directory, 'puts'), options);
  await level.open({ compression: false });
  const startedAt = performance.now();
  let count = 0;
  let ms = 0;
  for (; ms < durationMs; ms = performance.now() - startedAt, count += GROUP) {
    const group = Array.from({ length: GROUP }, () => ({
      type: 'put' as const,
      key: randomBytes(32),
      value: randomBytes(RECORD_BYTES),
    }));
    await level.batch(group, { sync: true });
  }
  await level.close();
  const note = `LevelDB, 1 KB, synced batches of ${GROUP}`;
  stage.report('ceiling.put', perSecond(count, ms), 'puts/s', note);
}
