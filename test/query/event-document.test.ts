import { describe, expect, it } from '@jest/globals';
import { formatQueryDocument, withStandardContext } from '../../src/query/event-document.js';

const GS1 = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const AT = Date.UTC(2026, 0, 1);

interface Document {
  '@context': unknown;
  creationDate: string;
  epcisBody: { queryResults: { resultsBody: { eventList: object[] } } };
}

function read(...events: string[]): { context: unknown; events: object[] } {
  const document = JSON.parse(formatQueryDocument('SimpleEventQuery', events, AT)) as Document;
  expect(document.creationDate).toBe('2026-01-01T00:00:00.000Z');
  const { eventList } = document.epcisBody.queryResults.resultsBody;
  return { context: document['@context'], events: eventList };
}

describe('an EPCISQueryDocument', () => {
  it('takes over a context that all events have, wherever it stands', () => {
    const context = ['a', { ex: 'urn:x:', '@context': 'not this' }];
    const text = JSON.stringify(context);
    expect(
      read(
        `{"@context":${text},"type":"A"}`,
        `{"type":"B","@context":${text},"n":{"@context":"inner"}}`,
        `{"type":"C","@context":${text}}`,
        `{"@context":${text}}`,
      ),
    ).toEqual({
      context,
      events: [{ type: 'A' }, { type: 'B', n: { '@context': 'inner' } }, { type: 'C' }, {}],
    });
  });

  it.each([
    ['two contexts', ['{"@context":"a","n":1}', '{"@context":"b","n":2}']],
    ['an event without one', ['{"@context":"a","n":1}', '{"n":2}']],
    ['a context not named plainly', ['{"\\u0040context":"a","n":1}']],
    ['no events', []],
  ])('leaves them where they are: %s', (_about, events) => {
    const parsed = events.map((event) => JSON.parse(event) as object);
    expect(read(...events)).toEqual({ context: GS1, events: parsed });
  });

  it('keeps numbers as they are spelt', () => {
    const text = formatQueryDocument('SimpleEventQuery', ['{"@context":"a","n":1.50e0}'], AT);
    expect(text).toContain('{"n":1.50e0}');
  });
});

describe('an event by itself', () => {
  it('has a context', () => {
    expect(withStandardContext('{"@context":"a"}')).toBe('{"@context":"a"}');
    expect(JSON.parse(withStandardContext('{"n":1}'))).toEqual({ '@context': GS1, n: 1 });
  });
});
