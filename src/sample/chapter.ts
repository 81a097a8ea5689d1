import { buildConsortium, describeConsortium, type Consortium } from './consortium.js';
import { buildLot, describeDispensing, describeLot, type Dispensing, type Lot } from './lot.js';
import { describePatient } from './patient.js';
import { Random } from './random.js';
import { TREATMENTS } from './treatment.js';
import type { Wording } from './wording.js';

export interface SampleOptions {
  /** How many records (FHIR resources and EPCIS events) in all. */
  records: number;
  /** A safe integer; the same seed gives the same bytes. */
  seed: number;
  /** When the first lot is made, ms since the epoch. */
  startAt?: number;
}

/** Records that belong together: the directory, a lot's way to the pharmacy, a patient, a day's dispensing. */
export interface Chapter {
  name: string;
  kind: 'directory' | 'patient' | 'supply';
  /** No record refers to a later one, so any beginning of a chapter stands by itself. */
  records: object[];
}

const START_AT = Date.UTC(2025, 0, 6);
const YEAR_MS = 365 * 86_400_000;
const PATIENTS_PER_LOT = 6;
/** About what one lot, its patients and their dispensing come to; only spreads the lots over the year. */
const RECORDS_PER_LOT = 160;
const RECORDS_PER_PRACTITIONER = 500;

/** Tells a consortium's year, chapter by chapter, and stops after exactly `records` records. */
export function* tellChapters(options: SampleOptions, wording: Wording): Generator<Chapter> {
  let left = options.records;
  for (const chapter of tellForever(options, wording)) {
    const records = chapter.records.slice(0, left);
    left -= records.length;
    if (records.length > 0) yield { ...chapter, records };
    if (left === 0) return;
  }
}

function* tellForever(options: SampleOptions, wording: Wording): Generator<Chapter> {
  const random = new Random(options.seed);
  const practitioners = Math.min(40, Math.ceil(options.records / RECORDS_PER_PRACTITIONER));
  const consortium = buildConsortium(random, Math.max(1, practitioners));
  yield { name: 'directory', kind: 'directory', records: describeConsortium(consortium, wording) };
  const stepMs = Math.floor(YEAR_MS / Math.max(1, options.records / RECORDS_PER_LOT));
  for (let index = 1, patients = 0; ; index++, patients += PATIENTS_PER_LOT) {
    const madeAt = (options.startAt ?? START_AT) + (index - 1) * stepMs;
    const lot = buildLot(random, consortium, random.pick(TREATMENTS), index, madeAt);
    const number = String(index).padStart(6, '0');
    yield { name: `lot-${number}`, kind: 'supply', records: describeLot(random, lot, consortium) };
    const dispensings = yield* tellPatients(random, consortium, wording, lot, patients);
    dispensings.sort((a, b) => a.at - b.at);
    yield {
      name: `dispensing-${number}`,
      kind: 'supply',
      records: dispensings.map((dispensing) => describeDispensing(random, dispensing, consortium)),
    };
  }
}

function* tellPatients(
  random: Random,
  consortium: Consortium,
  wording: Wording,
  lot: Lot,
  before: number,
): Generator<Chapter, Dispensing[]> {
  const shelf = lot.cases.flatMap(({ units }) => units);
  const dispensings: Dispensing[] = [];
  for (let i = 1; i <= PATIENTS_PER_LOT; i++) {
    const units = shelf.splice(0, random.between(1, 3));
    const story = describePatient(random, consortium, wording, lot, units);
    dispensings.push(...story.dispensings);
    const name = `patient-${String(before + i).padStart(6, '0')}`;
    yield { name, kind: 'patient', records: story.records };
  }
  return dispensings;
}
