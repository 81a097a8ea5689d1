import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatDirectory, ORGANIZATIONS, PRACTITIONERS } from './resource.ts';
import { formatVisit, VISIT_RESOURCES, type Visit } from './visit.ts';

/** Patients with as many visits each; long histories are what lineage is asked about. */
interface Cohort {
  patients: number;
  visits: number;
}

/** The records of one run: how many of them, and where long lineages end. */
export interface Workload {
  records: number;
  cohorts: { large: Cohort; medium: Cohort; small: Cohort };
}

/** 200,000 records, or as few as still show every shape. Lineage takes six nodes of each visit. */
export function planWorkload(quick: boolean): Workload {
  const large = quick ? { patients: 1, visits: 60 } : { patients: 3, visits: 1_720 };
  const medium = quick ? { patients: 2, visits: 20 } : { patients: 40, visits: 170 };
  const total = quick ? 4_000 : 200_000;
  const fixed = ORGANIZATIONS + PRACTITIONERS + sizeOf(large) + sizeOf(medium);
  const one = sizeOf({ patients: 1, visits: 2 });
  const small = { patients: Math.floor((total - fixed) / one), visits: 2 };
  return { records: fixed + sizeOf(small), cohorts: { large, medium, small } };
}

/** A person, a cover and the visits. */
function sizeOf({ patients, visits }: Cohort): number {
  return patients * (2 + visits * VISIT_RESOURCES);
}

/** The visits of one cohort that stand last in each patient's history, `each` of them a patient. */
export function lastVisits(
  { cohorts }: Workload,
  cohort: 'large' | 'medium',
  each: number,
): Visit[] {
  const first = cohort === 'large' ? 0 : cohorts.large.patients;
  const { patients, visits } = cohorts[cohort];
  return Array.from({ length: patients * each }, (_, i) => ({
    patient: first + (i % patients),
    ordinal: visits - 1 - Math.floor(i / patients),
  }));
}

/** Writes all records as NDJSON, the patients' visits mixed as time would mix them. */
export async function writeWorkload(path: string, workload: Workload): Promise<void> {
  await pipeline(Readable.from(chunks(workload)), createWriteStream(path));
}

function* chunks(workload: Workload): Generator<string> {
  const { large, medium, small } = workload.cohorts;
  const patients = large.patients + medium.patients + small.patients;
  yield [...formatDirectory(patients)].join('\n') + '\n';
  for (const visit of planVisits([large, medium, small])) {
    yield formatVisit(visit).join('\n') + '\n';
  }
}

function planVisits(cohorts: Cohort[]): Visit[] {
  const planned: (Visit & { at: number })[] = [];
  let patient = 0;
  for (const { patients, visits } of cohorts) {
    for (let i = 0; i < patients; i++, patient++) {
      const offset = ((patient * 7919) % 1000) / 1000;
      for (let ordinal = 0; ordinal < visits; ordinal++) {
        planned.push({ patient, ordinal, at: (ordinal + offset) / visits });
      }
    }
  }
  return planned.sort((a, b) => a.at - b.at);
}
