import { describe, expect, it } from '@jest/globals';
import { decodeChunk, encodeChunk } from '../../src/capture/chunk-wire.js';
import type { PressedChunk, PressedRecord } from '../../src/capture/press.js';

function buildRecord(n: number): PressedRecord {
  return {
    document: n,
    pointer: `/entry/${n}/resource`,
    block: { cid: `cid-${n}`, bytes: Uint8Array.from({ length: n * 3 }, (_, i) => i + n) },
    ref: { rid: 'r', ver: 1, scopeId: 's', epoch: 1 },
    submission: { author: 'a', text: `{"n":${n}}`, cid: 'c', statement: {} },
    mediaType: 'application/fhir+json',
    extractText: JSON.stringify({ type: 'Claim', aliases: ['é\u{1F600}'] }),
  } as unknown as PressedRecord;
}

describe('a chunk on its way between threads', () => {
  it.each([0, 1, 5])('arrives as it was sent, with %d records', (count) => {
    const chunk: PressedChunk = {
      records: Array.from({ length: count }, (_, n) => buildRecord(n)),
      repeated: [{ document: 1, pointer: '', rid: 'r', nonce: 'n', seq: 7 }],
      problems: [{ document: 2, pointer: '/x', code: 'INVALID_RECORD', message: 'm' }],
      warnings: [{ document: 0, pointer: '/y', code: 'NO_CHILDREN', message: 'w' }],
    };
    expect(decodeChunk(encodeChunk(chunk))).toEqual(chunk);
  });
});
