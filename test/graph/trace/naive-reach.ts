import type { DatabaseSync } from 'node:sqlite';
import type { GraphReader } from '../../../src/graph/graph-reader.js';
import { ItemReader } from '../../../src/graph/trace/item-reader.js';
import { isOfItem } from '../../../src/graph/trace/item-state.js';
import type { RecallRequest } from '../../../src/graph/trace/recall.js';
import { DISPOSITION, STEP } from '../../../src/record/cbv/known-term.js';
import { ndc11sOfGtin } from '../../../src/record/gs1/ndc11.js';
import { extractOf } from '../log-builder.js';
import type { ReachLog } from './reach-log.js';

const CLAIMS = ['Claim', 'ExplanationOfBenefit'];
const RULES = ['REFERENCE', 'PRESCRIPTION', 'SERIAL', 'NDC'];

export interface NaiveReach {
  /** Position and rule of each record, in ledger order. */
  records: [seq: number, rule: string][];
  dispensings: number;
  claims: number;
  patients: number;
}

/** Unit by unit, event by event, edge by edge: what the reach of a recall is held against. */
export function naiveReach(
  log: ReachLog,
  { reader, database }: { reader: GraphReader; database: DatabaseSync },
  request: RecallRequest,
  nameOfPatient: (name: string) => string,
): NaiveReach {
  const { asOf, knownAt = log.rows.length } = request;
  const edges = database
    .prepare(
      `SELECT e.src, e.dst, t.text FROM edge e JOIN term t ON t.id = e.path WHERE e.rel = 0`,
      { returnArrays: true },
    )
    .all() as unknown as [number, number, string][];
  const extractAt = (seq: number) => extractOf(log.rows[seq]!);
  const isNewest = (seq: number) => {
    const { rid } = log.rows[seq]!;
    return !log.rows.slice(seq + 1, knownAt).some((row) => row.rid === rid);
  };
  const isKnown = (seq: number) => {
    const time = extractAt(seq)?.occurredAt ?? log.rows[seq]!.at;
    return seq < knownAt && time <= asOf && isNewest(seq);
  };
  const is = (seq: number, types: string[]) => types.includes(extractAt(seq)?.type ?? '');

  const found = new Map<number, number>();
  const find = (seq: number, rule: number): boolean => {
    if ((found.get(seq) ?? Infinity) <= rule) return false;
    found.set(seq, rule);
    return true;
  };
  const items = new ItemReader(database);
  const { units } = reader.recallUnits(request, { bucket: 'DISPENSED', first: 500 });
  for (const { epc } of units) {
    for (const entry of items.history(epc, request).entries) {
      const { bizStep, disposition, seq: event } = entry.event;
      const isHandOver = bizStep === STEP.dispensing || disposition === DISPOSITION.dispensed;
      if (!isOfItem(entry) || !isHandOver) continue;
      const isOwn = entry.source.kind === 'SELF';
      for (const [src, dst, path] of edges) {
        if (dst !== event || !isKnown(src) || !is(src, ['MedicationDispense', ...CLAIMS])) continue;
        const rule = path.startsWith('match:') ? path.slice(6) : 'REFERENCE';
        const { epcs = [], products = [] } = extractAt(src)!.dispense ?? {};
        const ndcs = ndc11sOfGtin(epc.slice('https://id.gs1.org/01/'.length).slice(0, 14));
        const day = Math.floor(entry.event.time / 86_400_000);
        const isMeant =
          !isOwn ||
          (rule === 'SERIAL' && epcs.includes(epc)) ||
          (rule === 'NDC' && products.some((one) => one.day === day && ndcs.includes(one.ndc))) ||
          ['REFERENCE', 'PRESCRIPTION'].includes(rule);
        if (isMeant) find(src, RULES.indexOf(rule));
      }
    }
  }
  for (let grows = true; grows;) {
    grows = false;
    for (const [src, dst] of edges) {
      for (const [seq, rule] of found) {
        const isVersion = log.rows[seq]!.rid === log.rows[dst]!.rid;
        if (isVersion && isKnown(src) && is(src, CLAIMS)) grows = find(src, rule) || grows;
      }
    }
  }
  const records = [...found].sort(([a], [b]) => a - b);
  const patients = records.flatMap(([seq]) => extractAt(seq)!.dispense?.patient ?? []);
  const claims = records.filter(([seq]) => is(seq, CLAIMS)).length;
  return {
    records: records.map(([seq, rule]) => [seq, RULES[rule]!]),
    dispensings: records.length - claims,
    claims,
    patients: new Set(patients.map(nameOfPatient)).size,
  };
}
