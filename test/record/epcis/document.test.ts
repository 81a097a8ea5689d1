import { describe, expect, it } from '@jest/globals';
import { extractContent } from '../../../src/record/extract.js';
import { read, readOne, readProblems } from '../reading.js';
import { buildDocument, buildEvent, CONTEXT, EPC, PALLET } from './build.js';

describe('reading EPCIS', () => {
  it('takes a document event by event, with their places', () => {
    const { drafts, problems } = read(
      buildDocument([buildEvent(), buildEvent('AggregationEvent'), buildEvent('ObjectEvent')]),
    );
    expect(problems).toEqual([]);
    expect(drafts.map(({ pointer, extract }) => `${pointer} ${extract.type}`)).toEqual([
      '/epcisBody/eventList/0 ObjectEvent',
      '/epcisBody/eventList/1 AggregationEvent',
      '/epcisBody/eventList/2 ObjectEvent',
    ]);
    expect(drafts[0]).toMatchObject({ class: 'epcis.event', mediaType: 'application/ld+json' });
  });

  it('takes a query document', () => {
    const resultsBody = { eventList: [buildEvent()] };
    const epcisBody = { queryResults: { queryName: 'SimpleEventQuery', resultsBody } };
    const draft = readOne({ '@context': CONTEXT, type: 'EPCISQueryDocument', epcisBody });
    expect(draft.pointer).toBe('/epcisBody/queryResults/resultsBody/eventList/0');
  });

  it('takes a body with one event', () => {
    const draft = readOne(buildDocument([], { epcisBody: { event: buildEvent() } }));
    expect(draft.pointer).toBe('/epcisBody/event');
    expect(draft.text).toContain(CONTEXT);
  });

  it('takes a bare event as it stands, and a list of them', () => {
    const event = buildEvent();
    expect(readOne(event).text).toBe(JSON.stringify(event));
    expect(read([event, buildEvent('TransformationEvent')]).drafts.map((d) => d.pointer)).toEqual([
      '/0',
      '/1',
    ]);
  });

  it('keeps the good events and tells the place of each bad one', () => {
    const { drafts, problems } = read(
      buildDocument([buildEvent('ObjectEvent', { action: 'CREATE' }), 5, buildEvent()]),
    );
    expect(drafts.map(({ pointer }) => pointer)).toEqual(['/epcisBody/eventList/2']);
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'INVALID_RECORD /epcisBody/eventList/0/action',
      'INVALID_RECORD /epcisBody/eventList/1',
    ]);
  });

  it.each([
    ['no context', { '@context': undefined }, 'INVALID_RECORD '],
    ['a context that is a number', { '@context': [5] }, 'INVALID_RECORD /@context'],
    ['version 1.2', { schemaVersion: '1.2' }, 'INVALID_RECORD /schemaVersion'],
    ['no body', { epcisBody: undefined }, 'INVALID_RECORD '],
    ['no events', { epcisBody: {} }, 'EMPTY_INPUT /epcisBody'],
    ['an empty list of events', { epcisBody: { eventList: [] } }, 'EMPTY_INPUT /epcisBody'],
    [
      'events that are text',
      { epcisBody: { eventList: 'x' } },
      'INVALID_RECORD /epcisBody/eventList',
    ],
    ['another type', { type: 'Document' }, 'UNKNOWN_RESOURCE_TYPE /type'],
  ])('refuses a document with %s', (_name, members, problem) => {
    expect(readProblems(buildDocument([buildEvent()], members))).toEqual([problem]);
  });

  it('keeps each number as it was spelt', () => {
    const quantity = `{"epcClass":"urn:x:y","quantity":1.10},{"epcClass":"urn:x:z","quantity":1E+2}`;
    const text = JSON.stringify(buildDocument([buildEvent('ObjectEvent', { quantityList: [] })]));
    const draft = readOne(text.replace('"quantityList":[]', `"quantityList": [ ${quantity} ]`));
    expect(draft.text).toContain(`"quantityList":[${quantity}]`);
  });

  it('seals an event by the month it happened in, in UTC', () => {
    const scopeAt = (eventTime: string) =>
      readOne(buildEvent('ObjectEvent', { eventTime })).scopeLabel;
    expect(scopeAt('2026-07-22T06:45:00+02:00')).toBe('supply/2026-07');
    expect(scopeAt('2026-07-01T01:00:00+02:00')).toBe('supply/2026-06');
  });
});

describe('the context of an event', () => {
  const contextOf = (event: Record<string, unknown>, context: unknown): unknown => {
    const { text } = readOne(buildDocument([event], { '@context': context }));
    return (JSON.parse(text) as Record<string, unknown>)['@context'];
  };

  it('is that of its document when it has none', () => {
    for (const context of [
      CONTEXT,
      [CONTEXT, { example: 'http://ns' }],
      { example: 'http://ns' },
    ]) {
      expect(contextOf(buildEvent(), context)).toEqual(context);
    }
    expect(readOne(buildDocument([buildEvent()])).text).toBe(
      `{"@context":["${CONTEXT}"],${JSON.stringify(buildEvent()).slice(1)}`,
    );
  });

  it('comes after that of its document when it has one', () => {
    const own = { ext: 'http://ext' };
    expect(contextOf(buildEvent('ObjectEvent', { '@context': own }), CONTEXT)).toEqual([
      CONTEXT,
      own,
    ]);
    expect(contextOf({ '@context': [own, null], ...buildEvent() }, [CONTEXT, {}])).toEqual([
      CONTEXT,
      {},
      own,
      null,
    ]);
    expect(contextOf(buildEvent('ObjectEvent', { '@context': [] }), [CONTEXT])).toEqual([CONTEXT]);
  });

  it('is not mistaken for one further inside', () => {
    const own = { ext: 'http://ext' };
    const members = {
      'ext:inner': { '@context': own },
      'ext:text': '"@context":{"ext":',
      '@context': own,
    };
    const { text } = readOne(buildDocument([buildEvent('ObjectEvent', members)]));
    expect(JSON.parse(text)).toEqual(
      buildEvent('ObjectEvent', { ...members, '@context': [CONTEXT, own] }),
    );
  });
});

describe('extract of an event', () => {
  const extractOf = (type: string, members: Record<string, unknown>) =>
    readOne(buildEvent(type, members)).extract;
  const lot = { epcClass: 'urn:epc:class:lgtin:4012345.022222.L1', quantity: 5 };

  it('has its id as a name, and its time', () => {
    const eventID = 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8';
    expect(extractOf('ObjectEvent', { eventID })).toEqual({
      type: 'ObjectEvent',
      id: eventID,
      aliases: [eventID],
      identifiers: [{ system: 'epc', value: EPC }],
      references: [],
      occurredAt: Date.parse('2026-07-22T06:45:00+02:00'),
      event: { action: 'OBSERVE', epcs: [EPC] },
    });
    expect(extractOf('ObjectEvent', {})).not.toHaveProperty('id');
  });

  const lotLink = 'https://id.gs1.org/01/04012345222227/10/L1';
  const palletLink = 'https://id.gs1.org/00/106141412345678908';

  it.each([
    [
      'ObjectEvent',
      { quantityList: [lot] },
      [`epc ${EPC}`, `epcClass ${lot.epcClass}`, `epcClass ${lotLink}`],
    ],
    [
      'AggregationEvent',
      { childQuantityList: [lot, lot] },
      [
        ...[`epc ${PALLET}`, `epc ${EPC}`, `epcClass ${lot.epcClass}`],
        ...[`epc ${palletLink}`, `epcClass ${lotLink}`],
      ],
    ],
    [
      'AssociationEvent',
      { childEPCs: [EPC, EPC] },
      [`epc ${PALLET}`, `epc ${EPC}`, `epc ${palletLink}`],
    ],
    [
      'TransactionEvent',
      { parentID: PALLET },
      [
        ...[`epc ${PALLET}`, `epc ${EPC}`],
        'bizTransaction urn:epcglobal:cbv:bt:0614141073467:1152',
        `epc ${palletLink}`,
      ],
    ],
    [
      'TransformationEvent',
      { inputQuantityList: [lot], outputQuantityList: [lot], transformationID: 'urn:t:1' },
      [
        ...[`epc ${EPC}`, `epc ${EPC}8`, `epcClass ${lot.epcClass}`],
        ...['transformationID urn:t:1', `epcClass ${lotLink}`],
      ],
    ],
  ])('finds what a %s is about: %j', (type, members, expected) => {
    const { identifiers } = extractOf(type, members);
    expect(identifiers.map(({ system, value }) => `${system} ${value}`)).toEqual(expected);
  });

  it('finds lot and expiry among the master data of a commissioning', () => {
    const ilmd = { 'cbvmda:lotNumber': 'L1', 'cbvmda:itemExpirationDate': '2027-03-31' };
    const extract = extractOf('ObjectEvent', { action: 'ADD', ilmd });
    expect(extract.identifiers).toContainEqual({ system: 'lot', value: 'L1' });
    expect(extract.validUntil).toBe(Date.parse('2027-03-31T23:59:59.999Z'));
  });

  it('refers from an event declared wrong to those that put it right', () => {
    const correctiveEventIDs = ['urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8'];
    const errorDeclaration = { declarationTime: '2026-08-01T00:00:00Z', correctiveEventIDs };
    expect(extractOf('ObjectEvent', { errorDeclaration }).references).toEqual([
      {
        target: correctiveEventIDs[0],
        relation: 'refersTo',
        path: '/errorDeclaration/correctiveEventIDs/0',
      },
    ]);
  });

  it('reads an aggregation of 10,000 items within the size of a record', () => {
    const childEPCs = Array.from({ length: 10_000 }, (_, i) => `${EPC}${i}`);
    expect(extractOf('AggregationEvent', { childEPCs }).identifiers).toHaveLength(10_002);
  });
});

describe('master data of an EPCIS document', () => {
  const GLN = 'urn:epc:id:sgln:0037000.00729.0';
  const vocabulary = (type: string, ...elements: unknown[]) => ({
    type: `urn:epcglobal:epcis:vtype:${type}`,
    vocabularyElementList: elements,
  });
  const header = (...vocabularyList: unknown[]) => ({
    epcisHeader: { epcisMasterData: { vocabularyList } },
  });

  it('is taken element by element, into the directory', () => {
    const place = {
      id: GLN,
      attributes: [{ id: 'cbvmda:name', attribute: 'Ward 7' }],
      children: ['urn:epc:id:sgln:0037000.00729.8201'],
    };
    const product = { id: 'urn:epc:idpat:sgtin:4012345.044444.*' };
    const document = buildDocument(
      [buildEvent()],
      header(vocabulary('BusinessLocation', place), vocabulary('EPCClass', product)),
    );
    const { drafts, problems } = read(document);
    expect(problems).toEqual([]);
    expect(drafts.map((draft) => draft.class)).toEqual([
      'master.data',
      'master.data',
      'epcis.event',
    ]);
    expect(drafts[0]).toMatchObject({
      pointer: '/epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0',
      scopeLabel: 'directory',
      extract: { type: 'BusinessLocation', id: GLN, aliases: [GLN] },
    });
    expect(JSON.parse(drafts[0]!.text)).toEqual({
      '@context': [CONTEXT],
      ...vocabulary('BusinessLocation', place),
    });
    expect(drafts[1]!.extract.identifiers).toEqual([
      { system: 'epcClass', value: product.id },
      { system: 'epcClass', value: 'https://id.gs1.org/01/04012345444445' },
    ]);
    for (const { text, mediaType, extract } of drafts) {
      expect(extractContent(text, mediaType)).toEqual(extract);
    }
  });

  it('is taken from a master data document, which has no events', () => {
    const vocabularyList = [vocabulary('Location', { id: GLN })];
    const document = buildDocument([], {
      type: 'EPCISMasterDataDocument',
      epcisBody: { vocabularyList },
    });
    expect(readOne(document).class).toBe('master.data');
  });

  it('is kept with a warning when its key has a wrong check digit', () => {
    const place = { id: 'https://id.gs1.org/414/9521321000011' };
    const { drafts } = read(buildDocument([buildEvent()], header(vocabulary('Location', place))));
    expect(drafts[0]!.warnings).toMatchObject([
      {
        code: 'IDENTIFIER_FAULT',
        pointer: '/epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/id',
      },
    ]);
  });

  it.each([
    [{ type: 'urn:x:y' }, ''],
    [{ vocabularyElementList: [] }, ''],
    ['text', ''],
    [vocabulary('Location', {}), '/vocabularyElementList/0'],
    [vocabulary('Location', { id: 'x' }), '/vocabularyElementList/0/id'],
    [vocabulary('Location', 'x'), '/vocabularyElementList/0'],
  ])('is refused as %j', (item, pointer) => {
    const { problems } = read(buildDocument([buildEvent()], header(item)));
    expect(problems.map((problem) => problem.pointer)).toEqual([
      `/epcisHeader/epcisMasterData/vocabularyList/0${pointer}`,
    ]);
  });
});
