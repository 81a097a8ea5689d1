import { describe, expect, it } from '@jest/globals';
import { buildDocument, buildEvent } from './epcis/build.js';
import { buildBundle, buildResource } from './fhir/build.js';
import { read } from './reading.js';
import fc from '../support/fast-check.js';

const CANARY = 'Canary-078051120';

function said(document: unknown, mediaType?: string): string {
  const { problems } = read(document, mediaType);
  if (problems.length === 0) throw new Error('nothing was said');
  return JSON.stringify(problems);
}

describe('what problems say', () => {
  it.each<[string, unknown, string?]>([
    ['a resource type', { resourceType: CANARY }],
    ['an id', buildResource('Patient', { id: `${CANARY} ` })],
    ['an unknown element', buildResource('Patient', { [CANARY]: 1 })],
    ['an element that is empty', buildResource('Patient', { [`x${CANARY}`]: [] })],
    ['an element inside one', buildResource('Patient', { [`x${CANARY}`]: { name: null } })],
    ['a reference', buildResource('Claim', { provider: { reference: [CANARY] } })],
    ['a patient', buildResource('Claim', { patient: CANARY })],
    ['a contained resource', buildResource('Claim', { contained: [{ resourceType: CANARY }] })],
    ['a NUL string', buildResource('Patient', { [`x${CANARY}`]: `${CANARY}\0` })],
    ['a Bundle type', buildBundle([], CANARY)],
    ['a fullUrl', buildBundle([{ fullUrl: CANARY, resource: CANARY }])],
    ['an event type', buildDocument([buildEvent(CANARY)])],
    ['a document type', buildDocument([], { type: CANARY })],
    ['a schema version', buildDocument([], { schemaVersion: CANARY })],
    ['an unknown member', buildEvent('ObjectEvent', { [CANARY]: 1 })],
    ['an EPC', buildEvent('ObjectEvent', { epcList: [CANARY] })],
    ['an action', buildEvent('ObjectEvent', { action: CANARY })],
    ['a time', buildEvent('ObjectEvent', { eventTime: CANARY })],
    ['an offset', buildEvent('ObjectEvent', { eventTimeZoneOffset: CANARY })],
    ['an attribute of ilmd', buildEvent('ObjectEvent', { ilmd: { [CANARY]: CANARY } })],
    ['malformed JSON', `{"a": ${CANARY}}`],
    ['an unfinished string', `{"${CANARY}`],
    ['a duplicate member', `{"${CANARY}":1,"${CANARY}":2}`],
    ['a member inside one', `{"${CANARY}":{"a":1,"a":"${CANARY}"}}`],
    ['a lone surrogate', `{"${CANARY}":"${CANARY}\\ud800"}`],
    ['too deep a list', `${'['.repeat(80)}"${CANARY}"`],
    ['an object of no standard', { type: CANARY, [CANARY]: CANARY }],
    ['text', JSON.stringify(CANARY)],
    ['XML', `<Patient>${CANARY}</Patient>`],
    ['a media type', buildResource('Patient'), `text/${CANARY}`],
    ['a charset', buildResource('Patient'), `application/json; charset=${CANARY}`],
  ])('never holds the content: %s', (...[, document, mediaType]) => {
    expect(said(document, mediaType)).not.toContain(CANARY);
  });

  it('never holds a value, nor a name that is not of a standard, wherever it was put', () => {
    const valid = [
      buildResource('Claim', {
        item: [{ sequence: 1, encounter: [{ reference: 'Encounter/1' }] }],
      }),
      buildEvent('ObjectEvent', {
        ilmd: { 'cbvmda:lotNumber': 'L' },
        readPoint: { id: 'urn:x:y' },
      }),
      buildBundle([{ resource: buildResource('Observation') }]),
      buildDocument([buildEvent('AggregationEvent')]),
    ];
    const marks = fc.constantFrom<unknown>(CANARY, [], {}, null, [CANARY, null], { [CANARY]: [] });
    fc.assert(
      fc.property(
        fc.constantFrom(...valid),
        fc.nat(),
        fc.boolean(),
        marks,
        (value, at, rename, mark) => {
          const copy = structuredClone(value);
          const places = placesOf(copy);
          const { owner, name } = places[at % places.length]!;
          if (rename && !Array.isArray(owner)) {
            owner[CANARY] = mark;
            delete owner[name];
          } else owner[name] = mark;
          const { problems } = read(copy);
          expect(JSON.stringify(problems)).not.toContain(CANARY);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('stays short, however long the names and however many the faults', () => {
    const deep = (levels: number): unknown =>
      levels === 0 ? [] : { ['x'.repeat(40)]: deep(levels - 1), ['y'.repeat(500)]: [] };
    expect(said(buildResource('Patient', { a: deep(60) })).length).toBeLessThan(32_000);
  });
});

function placesOf(value: unknown): { owner: Record<string, unknown>; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((name) => [{ owner, name }, ...placesOf(owner[name])]);
}
