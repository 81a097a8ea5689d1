import type { IndexRow } from '../../../src/graph/row.js';
import { STEP } from '../../../src/record/cbv/known-term.js';
import type { Reference } from '../../../src/record/draft.js';
import type { DispenseFacts } from '../../../src/record/fhir/fact/dispense.js';
import { HOUR_MS, NOON, TraceLog, type EventSpec } from './trace-log.js';

const TYPES = { DISPENSE: 'MedicationDispense', EOB: 'ExplanationOfBenefit', CLAIM: 'Claim' };

export interface RecordSpec extends Omit<DispenseFacts, 'kind'> {
  kind: DispenseFacts['kind'];
  /** What it is derived from. */
  from?: string[];
  /** After noon; not said when left out. */
  hour?: number;
  former?: IndexRow;
  state?: 'SEALED';
}

/** The day of NOON, since the epoch. */
export const TODAY = Math.floor(NOON / 86_400_000);

/** Supply events, and the records of patients to whom units were given. */
export class ReachLog extends TraceLog {
  commission(epcs: string[], lot = 'A'): IndexRow {
    return this.event({ action: 'ADD', bizStep: STEP.commissioning, epcs, lot });
  }

  dispense(epcs: string[], spec: EventSpec = {}): IndexRow {
    return this.event({ action: 'OBSERVE', bizStep: STEP.dispensing, epcs, ...spec });
  }

  patient(...aliases: string[]): IndexRow {
    const clinical = { kind: 'PATIENT' as const };
    return this.add(aliases[0]!, { extract: { type: 'Patient', aliases, clinical } });
  }

  record(name: string, { from = [], hour, former, state, ...dispense }: RecordSpec): IndexRow {
    const { kind, patient } = dispense;
    const derived = from.map((target): Reference => ({
      target,
      relation: 'wasDerivedFrom',
      path: '/claim',
    }));
    const about: Reference[] =
      patient === undefined ? [] : [{ target: patient, relation: 'refersTo', path: '/patient' }];
    const spec = {
      ...(state && { state }),
      extract: {
        type: TYPES[kind],
        ...(hour !== undefined && { occurredAt: NOON + hour * HOUR_MS }),
        references: [...derived, ...about],
        clinical: { kind, ...(patient !== undefined && { patient }) },
        dispense,
      },
    };
    return former ? this.revise(former, name, spec) : this.add(name, spec);
  }
}
