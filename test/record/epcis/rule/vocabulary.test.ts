import { describe, expect, it } from '@jest/globals';
import { read, readOne, readProblems } from '../../reading.js';
import { buildDocument, buildEvent, CONTEXT, EPC } from '../build.js';
import fc from '../../../support/fast-check.js';

/** What a document says of an event with this business step under this context. */
function said(bizStep: string, context: unknown = [CONTEXT], own?: unknown): string[] {
  const members = { bizStep, ...(own !== undefined && { '@context': own }) };
  const { drafts, problems } = read(
    buildDocument([buildEvent('ObjectEvent', members)], { '@context': context }),
  );
  const found = [...problems, ...drafts.flatMap(({ warnings = [] }) => warnings)];
  return found.map(({ code, pointer }) => `${code} ${pointer}`);
}

const REFUSED = ['INVALID_RECORD /epcisBody/eventList/0/bizStep'];
const WARNED = ['DOUBTFUL_TERM /epcisBody/eventList/0/bizStep'];
const report = (members: object) => ({
  sensorElementList: [
    { sensorReport: [{ type: 'Speed' }, { type: 'Temperature', value: 1, ...members }] },
  ],
});
const ERROR = { declarationTime: '2026-08-01T00:00:00Z' };

describe('the vocabulary of an event', () => {
  it.each([
    'shipping',
    'cbv:BizStep-shipping',
    'https://ref.gs1.org/cbv/BizStep-shipping',
    'urn:epcglobal:cbv:bizstep:shipping',
    'https://example.org/step/washing',
    'urn:example:step:washing',
  ])('takes the term %s', (term) => {
    expect(said(term)).toEqual([]);
  });

  it.each([
    'washing',
    'Shipping',
    'in_transit',
    'cbv:BizStep-washing',
    'https://ref.gs1.org/cbv/BizStep-washing',
    'urn:epcglobal:cbv:bizstep:washing',
    'urn:epcglobal:cbv:disp:in_transit',
    'washing step: two',
    ':washing',
    'toString',
  ])('refuses the term %s', (term) => {
    expect(said(term)).toEqual(REFUSED);
  });

  it.each([
    ['a prefix of the document', [CONTEXT, { x: 'https://x.org/' }], undefined],
    ['a prefix of the event', [CONTEXT], { x: 'https://x.org/' }],
    ['a prefix told at length', [CONTEXT, { x: { '@id': 'https://x.org/' } }], undefined],
    ['a context that is not to hand', [CONTEXT, 'https://x.org/context'], undefined],
  ])('takes a CURIE with %s', (_name, context, own) => {
    expect(said('x:washing', context, own)).toEqual([]);
  });

  it('takes a word that a context defines, and no other', () => {
    const context = [CONTEXT, { washing: 'https://x.org/washing' }];
    expect(said('washing', context)).toEqual([]);
    expect(said('drying', context)).toEqual(REFUSED);
    expect(said('washing', [CONTEXT, 'https://x.org/context'])).toEqual(REFUSED);
  });

  it('sees through a prefix that stands for the CBV', () => {
    const context = [CONTEXT, { step: 'https://ref.gs1.org/cbv/BizStep-' }];
    expect(said('step:shipping', context)).toEqual([]);
    expect(said('step:washing', context)).toEqual(REFUSED);
  });

  it('warns of a CURIE nobody defines, and of a name of GS1 that is no term', () => {
    expect(said('x:washing')).toEqual(WARNED);
    expect(said('cbv:washing')).toEqual(WARNED);
    expect(said('cbv:washing', [CONTEXT, { cbv: 'https://ref.gs1.org/cbv/' }])).toEqual(WARNED);
  });

  it.each([
    [{ disposition: 'moving' }, '/disposition'],
    [{ persistentDisposition: { set: ['recalled', 'moving'] } }, '/persistentDisposition/set/1'],
    [{ persistentDisposition: { unset: ['moving'] } }, '/persistentDisposition/unset/0'],
    [
      { bizTransactionList: [{ type: 'letter', bizTransaction: EPC }] },
      '/bizTransactionList/0/type',
    ],
    [{ sourceList: [{ type: 'party', source: EPC }] }, '/sourceList/0/type'],
    [{ destinationList: [{ type: 'po', destination: EPC }] }, '/destinationList/0/type'],
    [{ errorDeclaration: { ...ERROR, reason: 'typo' } }, '/errorDeclaration/reason'],
    [report({ type: 'Warmth' }), '/sensorElementList/0/sensorReport/1/type'],
    [report({ exception: 'TOO_WARM' }), '/sensorElementList/0/sensorReport/1/exception'],
    [report({ component: 'w' }), '/sensorElementList/0/sensorReport/1/component'],
  ])('has closed lists everywhere: %j', (members, pointer) => {
    expect(readProblems(buildEvent('ObjectEvent', members))).toEqual([`INVALID_RECORD ${pointer}`]);
  });

  it('keeps names of measurements from the drafts, with a warning', () => {
    const draft = readOne(buildEvent('ObjectEvent', report({ type: 'Molar_concentration' })));
    expect(draft.warnings).toMatchObject([
      { code: 'DOUBTFUL_TERM', pointer: '/sensorElementList/0/sensorReport/1/type' },
    ]);
  });

  it('says the same of any term, whatever its document, and never repeats it', () => {
    const terms = fc.stringMatching(/^canary[a-z:/ _.-]{1,30}$/);
    fc.assert(
      fc.property(terms, (term) => {
        const { drafts, problems } = read(buildEvent('ObjectEvent', { bizStep: term }));
        const found = [...problems, ...drafts.flatMap(({ warnings = [] }) => warnings)];
        expect(JSON.stringify(found)).not.toContain('canary');
        expect(drafts.length + problems.length).toBe(1);
      }),
      { seed: 7 },
    );
  });
});
