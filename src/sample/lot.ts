import type { Consortium } from './consortium.js';
import { containerLink, partyLink, sscc, unitLink } from './gs1.js';
import type { Random } from './random.js';
import { aggregation, objectEvent, receiving, shipping } from './supply-event.js';
import type { Treatment } from './treatment.js';

/** One lot of one product: units in cases on one pallet, all with serials of their own. */
export interface Lot {
  treatment: Treatment;
  number: string;
  /** `YYYY-MM-DD`. */
  expiry: string;
  cases: { code: string; units: string[] }[];
  pallet: string;
  /** When the first unit was commissioned, ms since the epoch. */
  madeAt: number;
  /** When the last case was unpacked at the pharmacy. */
  unpackedAt: number;
}

/** A handing over of one unit of a lot to a patient. */
export interface Dispensing {
  unit: string;
  /** The prescription's business identifier, an absolute URL. */
  prescription: string;
  at: number;
}

const CASES = 3;
const UNITS_PER_CASE = 12;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function buildLot(
  random: Random,
  consortium: Consortium,
  treatment: Treatment,
  index: number,
  madeAt: number,
): Lot {
  const prefix = consortium.manufacturer.companyPrefix;
  const container = (place: number): string =>
    containerLink(sscc(prefix, (index * (CASES + 1) + place) % 1_000_000_000));
  const unit = (): string =>
    unitLink(treatment.gtin, random.next().toString(36).toUpperCase() + random.digits(4));
  return {
    treatment,
    number: `L${String(index).padStart(6, '0')}`,
    expiry: new Date(madeAt + 730 * DAY_MS).toISOString().slice(0, 10),
    cases: Array.from({ length: CASES }, (_, place) => ({
      code: container(place + 1),
      units: Array.from({ length: UNITS_PER_CASE }, unit),
    })),
    pallet: container(0),
    madeAt,
    unpackedAt: madeAt + 9 * DAY_MS,
  };
}

/** A lot's life until its units stand on the pharmacy's shelf, in order of time. */
export function describeLot(random: Random, lot: Lot, consortium: Consortium): object[] {
  const { manufacturer, wholesaler, pharmacy } = consortium;
  const containers = [...lot.cases.map(({ code }) => code), lot.pallet];
  const cases = lot.cases.map(({ code }) => code);
  const at = (days: number, hours: number): number => lot.madeAt + days * DAY_MS + hours * HOUR_MS;
  const first = { from: manufacturer, to: wholesaler, order: `PO-${random.digits(8)}` };
  const second = { from: wholesaler, to: pharmacy, order: `PO-${random.digits(8)}` };
  return [
    ...lot.cases.map(({ units }, i) => ({
      ...objectEvent(random, at(0, i), 'ADD', 'commissioning', 'active', manufacturer),
      epcList: units,
      ilmd: { 'cbvmda:lotNumber': lot.number, 'cbvmda:itemExpirationDate': lot.expiry },
    })),
    {
      ...objectEvent(random, at(0, 4), 'ADD', 'commissioning', 'active', manufacturer),
      epcList: containers,
    },
    ...lot.cases.map(({ code, units }, i) =>
      aggregation(random, at(0, 5 + i), 'ADD', code, units, manufacturer),
    ),
    aggregation(random, at(0, 9), 'ADD', lot.pallet, cases, manufacturer),
    shipping(random, at(1, 0), [lot.pallet], first),
    receiving(random, at(3, 2), [lot.pallet], first),
    aggregation(random, at(3, 5), 'DELETE', lot.pallet, cases, wholesaler),
    shipping(random, at(6, 0), cases, second),
    receiving(random, at(8, 1), cases, second),
    ...lot.cases.map(({ code, units }, i) =>
      aggregation(random, at(8, 3 + i), 'DELETE', code, units, pharmacy),
    ),
  ];
}

/** The event that tells of a unit given to a patient; it names the prescription, never the patient. */
export function describeDispensing(
  random: Random,
  dispensing: Dispensing,
  consortium: Consortium,
): object {
  return {
    ...objectEvent(
      random,
      dispensing.at,
      'OBSERVE',
      'dispensing',
      'dispensed',
      consortium.pharmacy,
    ),
    epcList: [dispensing.unit],
    bizTransactionList: [
      {
        type: 'https://pharmacy.example.org/btt/prescription',
        bizTransaction: dispensing.prescription,
      },
    ],
    sourceList: [{ type: 'possessing_party', source: partyLink(consortium.pharmacy.pgln) }],
  };
}
