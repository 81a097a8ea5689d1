/** A container of many children, and a lot of many units, as EPCIS events: what the largest questions are asked about. */

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const START = Date.UTC(2025, 0, 1);
const MAKER = 'urn:epc:id:sgln:0614141.00001.0';
const WHOLESALER = 'urn:epc:id:sgln:0614142.00001.0';
const PHARMACY = 'urn:epc:id:sgln:0614143.00001.0';

export const HUB = 'urn:epc:id:sscc:0614141.1999999999';
export const LOT = 'BENCH-100K';

const unitOf = (n: number) => `urn:epc:id:sgtin:0614141.107346.B${n}`;
const childOf = (n: number) => `urn:epc:id:sgtin:0614141.107347.H${n}`;
const caseOf = (n: number) => `urn:epc:id:sscc:0614141.2${String(n).padStart(9, '0')}`;
const palletOf = (n: number) => `urn:epc:id:sscc:0614141.3${String(n).padStart(9, '0')}`;

function* numbers(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

function format(event: Record<string, unknown>, hour: number): string {
  const { place, step, disposition, ...rest } = event;
  return JSON.stringify({
    '@context': CONTEXT,
    eventTime: new Date(START + hour * 3_600_000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    bizStep: step,
    disposition,
    readPoint: { id: place },
    ...rest,
  });
}

/** One container with so many children, a thousand an event. */
export function* plantHub(children: number): Generator<string> {
  for (const i of numbers(children / 1_000)) {
    const childEPCs = [...numbers(1_000)].map((k) => childOf(i * 1_000 + k));
    const event = { type: 'AggregationEvent', action: 'ADD', parentID: HUB, childEPCs };
    yield format({ ...event, step: 'packing', disposition: 'in_progress', place: MAKER }, 1);
  }
}

const CASE_UNITS = 50;
const PALLET_CASES = 50;

/**
 * One lot: made, packed in cases of 50 and pallets of 50 cases, shipped; every second pallet received, unpacked there,
 * and of each of its cases one unit dispensed.
 */
export function* plantLot(units: number): Generator<string> {
  const cases = units / CASE_UNITS;
  const pallets = cases / PALLET_CASES;
  const ilmd = { 'cbvmda:lotNumber': LOT, 'cbvmda:itemExpirationDate': '2027-12-31' };
  for (const c of numbers(cases)) {
    const epcList = [...numbers(CASE_UNITS)].map((k) => unitOf(c * CASE_UNITS + k));
    const made = { type: 'ObjectEvent', action: 'ADD', epcList, ilmd, place: MAKER };
    yield format({ ...made, step: 'commissioning', disposition: 'active' }, 10);
    const packed = { type: 'AggregationEvent', action: 'ADD', parentID: caseOf(c), place: MAKER };
    yield format({ ...packed, childEPCs: epcList, step: 'packing' }, 20);
  }
  for (const p of numbers(pallets)) {
    const childEPCs = [...numbers(PALLET_CASES)].map((k) => caseOf(p * PALLET_CASES + k));
    const pallet = { parentID: palletOf(p), place: MAKER };
    const loaded = { type: 'AggregationEvent', action: 'ADD', childEPCs, step: 'packing' };
    yield format({ ...pallet, ...loaded }, 30);
    const sent = { type: 'ObjectEvent', action: 'OBSERVE', epcList: [palletOf(p)], place: MAKER };
    yield format({ ...sent, step: 'shipping', disposition: 'in_transit' }, 40);
    if (p % 2 === 1) continue;
    yield format(
      { ...sent, step: 'receiving', bizLocation: { id: WHOLESALER }, place: WHOLESALER },
      60,
    );
    const unloaded = { type: 'AggregationEvent', action: 'DELETE', parentID: palletOf(p) };
    yield format({ ...unloaded, childEPCs, step: 'unpacking', place: WHOLESALER }, 70);
    for (const k of numbers(PALLET_CASES)) {
      const c = p * PALLET_CASES + k;
      const unit = [unitOf(c * CASE_UNITS)];
      const taken = { type: 'AggregationEvent', action: 'DELETE', parentID: caseOf(c) };
      yield format({ ...taken, childEPCs: unit, step: 'unpacking', place: PHARMACY }, 80);
      const given = { type: 'ObjectEvent', action: 'OBSERVE', epcList: unit, place: PHARMACY };
      yield format({ ...given, step: 'dispensing', disposition: 'dispensed' }, 90);
    }
  }
}
