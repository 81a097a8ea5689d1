import { describe, expect, it } from '@jest/globals';
import { withRecordTime } from '../../src/query/event-text.js';

const AT = Date.UTC(2026, 0, 31, 8, 30);

describe('the record time of an event', () => {
  it.each([
    [
      'is added',
      '{"type":"ObjectEvent","x":1.10}',
      '{"type":"ObjectEvent","x":1.10,"recordTime":AT}',
    ],
    [
      'takes the place of what the sender said',
      '{"recordTime":"2001-01-01T00:00:00Z","x":1e2}',
      '{"recordTime":AT,"x":1e2}',
    ],
    ['takes the place of nothing', '{"x":"}","recordTime":null}', '{"x":"}","recordTime":AT}'],
    [
      'is the one of the event, not one within',
      '{"a:b":{"recordTime":"x"}}',
      '{"a:b":{"recordTime":"x"},"recordTime":AT}',
    ],
  ])('%s', (_, text, expected) => {
    expect(withRecordTime(text, AT)).toBe(expected.replace('AT', '"2026-01-31T08:30:00.000Z"'));
  });
});
