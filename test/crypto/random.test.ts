import { describe, expect, it } from '@jest/globals';
import { poolRandomBytes, systemRandomBytes } from '../../src/crypto/random.js';

describe('random bytes from a pool', () => {
  it('gives the bytes of its source in order, none of them twice', () => {
    let next = 0;
    const counting = (count: number) => {
      const bytes = new Uint8Array(count);
      const view = new DataView(bytes.buffer);
      for (let at = 0; at + 4 <= count; at += 4) view.setUint32(at, next++);
      return bytes;
    };
    const draw = poolRandomBytes(counting);
    const words = Array.from({ length: 5_000 }, (_, i) => draw(4 * ((i % 5) + 1))).flatMap(
      (bytes) =>
        Array.from({ length: bytes.length / 4 }, (_, at) =>
          new DataView(bytes.buffer).getUint32(at * 4),
        ),
    );
    expect(words).toEqual([...new Set(words)].sort((a, b) => a - b));
  });

  it('does not repeat itself', () => {
    const draw = poolRandomBytes(systemRandomBytes);
    const drawn = Array.from({ length: 5_000 }, () => Buffer.from(draw(16)).toString('hex'));
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it('leaves what it gave alone when it goes on', () => {
    const draw = poolRandomBytes();
    const first = draw(12);
    const copy = [...first];
    for (let i = 0; i < 1_000; i++) draw(16);
    expect([...first]).toEqual(copy);
  });

  it('passes large draws on', () => {
    expect(poolRandomBytes()(10_000)).toHaveLength(10_000);
  });
});
