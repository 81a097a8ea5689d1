import { ndc11sOf, ndc11sOfGtin } from '../../../src/record/gs1/ndc11.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import type { DispenseFacts } from '../../../src/record/fhir/fact/dispense.js';

/** What counts in the end: newest versions, events not voided. */
export interface Counting {
  events: { seq: number; time: number; facts: EventFacts }[];
  records: { seq: number; facts: DispenseFacts }[];
  /** NDC by GTIN, as the newest master data say. */
  products: ReadonlyMap<string, string | undefined>;
}

type Event = Counting['events'][number];
type Record = Counting['records'][number];

/** Each pair by itself, as the rules say it: what the joins are held against. */
export function naiveJoins({ events, records, products }: Counting): string[] {
  const drugsOf = ({ time, facts: { epcs = [] } }: Event) =>
    epcs.flatMap((epc) => {
      const gtin = epc.slice(0, epc.indexOf('/21/'));
      const told = ndc11sOf(products.get(gtin) ?? '');
      const ndcs = told.length > 0 ? told : ndc11sOfGtin(gtin.slice(-14));
      return ndcs.map((ndc) => `${Math.floor(time / 86_400_000)} ${ndc}`);
    });
  const drugsIn = ({ facts }: Record) =>
    (facts.products ?? []).map(({ ndc, day }) => `${day} ${ndc}`);
  const isAlone = (drug: string) => {
    const sharing = records.filter((record) => drugsIn(record).includes(drug));
    const kinds = new Set(sharing.map(({ facts }) => facts.kind));
    const patients = new Set(sharing.map(({ facts }) => facts.patient));
    const isOne = kinds.size === sharing.length && patients.size === 1 && !patients.has(undefined);
    return (
      events.filter((event) => drugsOf(event).includes(drug)).length === 1 &&
      (sharing.length === 1 || isOne)
    );
  };
  const ruleOf = (record: Record, event: Event) => {
    const transactions = (event.facts.bizTransactions ?? []).map(({ value }) => value);
    if (record.facts.prescriptions?.some((name) => transactions.includes(name)))
      return 'PRESCRIPTION';
    if (record.facts.epcs?.some((epc) => event.facts.epcs?.includes(epc))) return 'SERIAL';
    return drugsIn(record).some((drug) => drugsOf(event).includes(drug) && isAlone(drug))
      ? 'NDC'
      : undefined;
  };
  return records
    .flatMap((record) =>
      events.flatMap((event) => {
        const rule = ruleOf(record, event);
        return rule ? [{ record: record.seq, event: event.seq, rule }] : [];
      }),
    )
    .sort((a, b) => a.record - b.record || a.event - b.event)
    .map(({ record, event, rule }) => `${record} -> ${event} match:${rule}`);
}
