import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../../../src/record/document.js';
import { isProblem, type Draft } from '../../../src/record/draft.js';
import { checkDigit } from '../../../src/sample/gs1.js';
import {
  formatLines,
  generateSupply,
  type Anomaly,
  type SupplyEvent,
} from '../../../src/sample/supply/supply.js';
import {
  inOrder,
  isDeclaration,
  list,
  listSuspects,
  namesOf,
  timeOf,
  type MasterData,
} from './suspects.js';
import fc from '../../support/fast-check.js';

function draw(events: number, seed: number) {
  const supply = generateSupply({ seed, events });
  const told = [...supply.events];
  return { masterData: supply.masterData, events: told, truth: supply.truth() };
}

const small = draw(3_000, 1);
const S = draw(10_000, 7);

interface Vocabulary {
  vocabularyElementList: {
    id: string;
    children?: string[];
    attributes: { id: string; attribute: string }[];
  }[];
}

function readMaster(document: object): MasterData {
  const { epcisHeader } = document as {
    epcisHeader: { epcisMasterData: { vocabularyList: Vocabulary[] } };
  };
  const master: MasterData = { places: new Map(), ranges: new Map() };
  const elements = epcisHeader.epcisMasterData.vocabularyList.flatMap(
    (vocabulary) => vocabulary.vocabularyElementList,
  );
  for (const { id, attributes } of elements) {
    const number = (end: string) =>
      Number(attributes.find((each) => each.id.endsWith(end))?.attribute ?? NaN);
    const [latitude, longitude] = [number('latitude'), number('longitude')];
    const [min, max] = [number('TemperatureMinimum'), number('TemperatureMaximum')];
    if (!Number.isNaN(latitude)) master.places.set(id, { latitude, longitude });
    if (!Number.isNaN(min)) master.ranges.set(id, { min, max });
  }
  return master;
}

function capture(texts: string[]): Draft[] {
  return texts.flatMap((text) =>
    [...readDocument(text)].map((result) => {
      if (isProblem(result)) throw new Error(`${result.code} ${result.pointer} ${result.message}`);
      return result;
    }),
  );
}

const share = (part: unknown[], whole: unknown[]) => part.length / whole.length;

describe('generateSupply', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const text = (seed: number) => {
      const { events, truth, masterData } = draw(1_500, seed);
      return JSON.stringify([events, truth, masterData]);
    };
    expect(text(3)).toBe(text(3));
    expect(text(3)).not.toBe(text(4));
    expect(text(3)).not.toBe(text(3 + 2 ** 32));
  });

  it('gives exactly as many events as asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_500 }), fc.maxSafeInteger(), (events, seed) => {
        expect(draw(events, seed).events).toHaveLength(events);
      }),
      { numRuns: 25 },
    );
  });

  it('knows the sizes by their names', () => {
    const { events, truth } = generateSupply({ seed: 1, size: 'S' });
    expect([...events]).toHaveLength(10_000);
    expect(truth()).toMatchObject({ seed: 1, size: 'S', events: 10_000 });
  });

  it('gives lines and master data that pass a strict capture', () => {
    const { events, masterData } = small;
    const lines = [...formatLines(events)];
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
    const drafts = capture([JSON.stringify(masterData), ...lines]);
    expect(drafts.filter(({ warnings }) => warnings)).toEqual([]);
    expect(drafts.filter((draft) => draft.class === 'epcis.event')).toHaveLength(3_000);
    expect(drafts.filter((draft) => draft.class === 'master.data').length).toBeGreaterThan(100);
  });

  it('uses every type of event and never an id twice but to declare an error', () => {
    const ids = S.events.filter((event) => !isDeclaration(event)).map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(S.events.map(({ type }) => type))].sort()).toEqual([
      'AggregationEvent',
      'AssociationEvent',
      'ObjectEvent',
      'TransactionEvent',
      'TransformationEvent',
    ]);
  });

  it('begins when it is told to', () => {
    const startAt = Date.UTC(2023, 4, 1);
    const { events } = generateSupply({ seed: 1, events: 500, startAt });
    const times = [...events].map(timeOf);
    expect(Math.min(...times)).toBeGreaterThan(startAt);
    expect(Math.min(...times)).toBeLessThan(startAt + 3_600_000);
  });
});

describe('the capture order', () => {
  it('has one event in twenty late', () => {
    let latest = 0;
    const honest = S.events.filter((event) => !isDeclaration(event));
    const late = honest.filter((event) => {
      const isLate = timeOf(event) < latest;
      latest = Math.max(latest, timeOf(event));
      return isLate;
    });
    expect(share(late, honest)).toBeGreaterThan(0.043);
    expect(share(late, honest)).toBeLessThan(0.057);
  });

  it('declares an error in one event of a hundred, after it and with the same content', () => {
    const declarations = S.events.filter(isDeclaration);
    expect(share(declarations, S.events)).toBeCloseTo(0.01, 3);
    for (const declaration of declarations) {
      const { errorDeclaration, ...content } = declaration;
      const place = S.events.indexOf(declaration);
      const original = S.events.findIndex(({ eventID }) => eventID === declaration.eventID);
      expect(original).toBeLessThan(place);
      expect(content).toEqual(S.events[original]);
      const { correctiveEventIDs = [] } = errorDeclaration as { correctiveEventIDs?: string[] };
      for (const id of correctiveEventIDs) {
        expect(S.events.findIndex(({ eventID }) => eventID === id)).toBeGreaterThan(place);
      }
    }
    const reasons = declarations.map(({ errorDeclaration: e }) => (e as { reason: string }).reason);
    expect([...new Set(reasons)].sort()).toEqual(['did_not_occur', 'incorrect_data']);
  });
});

describe('the truth', () => {
  const count = (anomalies: Anomaly[], type: string) =>
    anomalies.filter((anomaly) => anomaly.type === type).length;

  it('has one anomaly of each type to every two hundred events, and every reason', () => {
    const { anomalies } = S.truth;
    for (const type of new Set(anomalies.map((anomaly) => anomaly.type))) {
      expect(Math.abs(count(anomalies, type) - 50)).toBeLessThanOrEqual(2);
    }
    expect(new Set(anomalies.map(({ type }) => type)).size).toBe(6);
    expect(new Set(anomalies.map(({ reason }) => reason)).size).toBe(14);
  });

  it('plants each type even in a small run', () => {
    const { anomalies } = draw(200, 5).truth;
    expect(new Set(anomalies.map(({ type }) => type)).size).toBe(6);
  });

  it('names items and events that are there, and each suspect once', () => {
    const byId = new Map(inOrder([...S.events]).map((event) => [event.eventID, event]));
    for (const { epc, eventIDs } of S.truth.anomalies) {
      expect(namesOf(byId.get(eventIDs[0])!)).toContain(epc);
      expect(eventIDs.every((id) => byId.has(id))).toBe(true);
    }
    const keys = S.truth.anomalies.map(
      ({ type, epc, eventIDs }) => `${type} ${epc} ${eventIDs[0]}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([1, 2, 3, 4])('is all that a plain replay finds wrong (seed %i)', (seed) => {
    const { events, masterData, truth } = draw(6_000, seed);
    const found = listSuspects(events, readMaster(masterData)).map(
      ({ type, reasons, epc, eventID }) =>
        `${type} ${[...reasons].sort().join()} ${epc} ${eventID}`,
    );
    const planted = truth.anomalies.map(
      ({ type, reasons, epc, eventIDs: [first] }) =>
        `${type} ${[...reasons].sort().join()} ${epc} ${first}`,
    );
    expect(found.sort()).toEqual(planted.sort());
  });
});

describe('the story', () => {
  it('never holds a thing in two parents, but where that was planted', () => {
    const planted = new Set(
      S.truth.anomalies.filter(({ type }) => type === 'REPARENTED').map(({ epc }) => epc),
    );
    const parents = new Map<string, string>();
    const strange: string[] = [];
    for (const event of inOrder([...S.events])) {
      if (event.type !== 'AggregationEvent') continue;
      const parent = event['parentID'] as string;
      for (const child of list(event, 'childEPCs')) {
        const expected = event['action'] === 'ADD' ? undefined : parent;
        if (parents.get(child) !== expected && !planted.has(child)) strange.push(child);
        if (event['action'] === 'ADD') parents.set(child, parent);
        else parents.delete(child);
      }
    }
    expect(strange).toEqual([]);
    expect(parents.size).toBeGreaterThan(0); // the totes that never arrived
  });

  it('stacks units in cases, cases on pallets, pallets in lorries', () => {
    const kinds = new Set(
      S.events
        .filter(({ type, action }: SupplyEvent) => type === 'AggregationEvent' && action === 'ADD')
        .map((event) => {
          const kind = (epc: string) => epc.split(':')[3];
          return `${kind(list(event, 'childEPCs')[0]!)} in ${kind(event['parentID'] as string)}`;
        }),
    );
    expect([...kinds].sort()).toEqual(['sgtin in sscc', 'sscc in giai', 'sscc in sscc']);
  });

  it('gives no thing two events at the same time, but where that was planted', () => {
    const twins = S.truth.anomalies.filter(({ reason }) => reason === 'TWO_PLACES_AT_ONCE');
    const planted = new Set(twins.map(({ epc }) => epc));
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const event of inOrder([...S.events])) {
      for (const epc of namesOf(event)) {
        const key = `${epc} ${event.eventTime}`;
        if (seen.has(key) && !planted.has(epc)) twice.push(key);
        seen.add(key);
      }
    }
    expect(twice).toEqual([]);
  });

  it('is over long before the alerts of its last shipments are due', () => {
    const last = Math.max(...S.events.map(timeOf));
    expect(last).toBeLessThan(Date.UTC(2025, 11, 31));
  });
});

describe('the master data', () => {
  const master = readMaster(S.masterData);

  it('knows twenty parties and every place that is named', () => {
    const text = JSON.stringify(S.masterData);
    expect(new Set(text.match(/urn:epc:id:pgln:[\d.]+/g)).size).toBe(20);
    const named = new Set(JSON.stringify(S.events).match(/urn:epc:id:sgln:[\d.A-Z]+/g));
    expect([...named].filter((id) => !master.places.has(id))).toEqual([]);
  });

  it('has every product that is handled, and no two company prefixes that begin alike', () => {
    const text = JSON.stringify(S.masterData);
    const products = new Set(
      JSON.stringify(S.events)
        .match(/urn:epc:id:sgtin:\d+\.\d+/g)!
        .map((stem) => `${stem.replace(':id:', ':idpat:')}.*`),
    );
    expect([...products].filter((id) => !text.includes(id))).toEqual([]);
    const prefixes = [...new Set(text.match(/(?<=pgln:)\d{6}/g))];
    expect(prefixes).toHaveLength(20);
  });

  it('gives transactions the right check digit of their party', () => {
    const glns = JSON.stringify(S.events.slice(0, 2_000)).match(/(?<=cbv:bt:)\d{13}/g)!;
    expect(glns.every((code) => checkDigit(code.slice(0, -1)) === code.at(-1))).toBe(true);
  });
});
