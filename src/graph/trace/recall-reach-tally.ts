import type { Join } from './recall-join.js';
import { REACH_RULES, type RecallReach } from './recall-reach.js';

/** Counts records; each once, by its rule. */
export function tallyReach(
  records: Iterable<Join>,
  patientOf: (seq: number) => number | undefined,
): Pick<RecallReach, 'dispensings' | 'claims' | 'patients' | 'byRule'> {
  const counts = REACH_RULES.map((rule) => ({ rule, dispensings: 0, claims: 0 }));
  const patients = new Set<number>();
  for (const { seq, isClaim, rule } of records) {
    counts[rule]![isClaim ? 'claims' : 'dispensings']++;
    const patient = patientOf(seq);
    if (patient !== undefined) patients.add(patient);
  }
  const sum = (name: 'dispensings' | 'claims') =>
    counts.reduce((all, count) => all + count[name], 0);
  return {
    dispensings: sum('dispensings'),
    claims: sum('claims'),
    patients: patients.size,
    byRule: counts.filter(({ dispensings, claims }) => dispensings + claims > 0),
  };
}
