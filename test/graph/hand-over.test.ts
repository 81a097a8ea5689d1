import { describe, expect, it } from '@jest/globals';
import { HandOver, type RecordContent } from '../../src/graph/hand-over.js';

function content(names = 0): RecordContent {
  const aliases = Array.from({ length: names }, (_, i) => `${i}`);
  const extract = { type: 'Claim', aliases, identifiers: [], references: [] };
  return { mediaType: 'application/fhir+json', extract };
}

describe('HandOver', () => {
  it('gives back what it was given, once', () => {
    const handOver = new HandOver(() => 0);
    const given = content();
    handOver.put('a', given);
    expect(handOver.take('a')).toBe(given);
    expect(handOver.take('a')).toBeUndefined();
    expect(handOver.take('never given')).toBeUndefined();
  });

  it('takes nothing more when it is full, and again when there is room', () => {
    const handOver = new HandOver(() => 0);
    handOver.put('large', content(200_000));
    handOver.put('late', content());
    expect(handOver.take('late')).toBeUndefined();
    handOver.take('large');
    handOver.put('late', content());
    expect(handOver.take('late')).toBeDefined();
  });

  it('drops what nobody fetched for a minute to make room', () => {
    let time = 0;
    const handOver = new HandOver(() => time);
    handOver.put('never appended', content(200_000));
    time = 60_001;
    handOver.put('new', content());
    expect(handOver.take('never appended')).toBeUndefined();
    expect(handOver.take('new')).toBeDefined();
  });

  it('is not misled by the same record given twice', () => {
    const handOver = new HandOver(() => 0);
    handOver.put('a', content(149_000));
    handOver.put('a', content(149_000));
    handOver.put('b', content());
    expect(handOver.take('b')).toBeDefined();
  });
});
