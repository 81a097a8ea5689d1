import type { DispenseFacts, DispenseKind } from '../../record/fhir/fact/dispense.js';
import { DISPOSITION, STEP } from '../../record/cbv/known-term.js';
import type { EventFacts } from '../../record/epcis/fact/event-fact.js';
import { instanceWithoutLot } from '../../record/gs1/instance.js';
import { MATCH_RULES, type MatchRule } from './match-rule.js';

/** Kinds of key: one for each rule, and the products of events, whose codes depend on master data. Position is the code. */
export const KEY_KINDS = [...MATCH_RULES, 'GTIN'] as const;

/** Position is the stored code; events come first. */
export const SIDES: readonly ('EVENT' | DispenseKind)[] = ['EVENT', 'DISPENSE', 'EOB', 'CLAIM'];
export const EVENT_SIDE = 0;

/** A thing by which a dispensing may be matched. */
export interface DispenseKey {
  kind: MatchRule | 'GTIN';
  text: string;
  /** Days since the epoch; of drugs and products alone. */
  day?: number;
}

const DAY_MS = 86_400_000;
const GTIN_LINK = /^https:\/\/id\.gs1\.org\/01\/(\d{14})(?:\/|$)/;
/** A business transaction as CBV 2.0 section 8.5 names it: whose it is, and its own number. */
const TRANSACTION = /^urn:epcglobal:cbv:bt:[^:]+:(.+)$/;

export function isDispensing({
  bizStep,
  disposition,
}: Pick<EventFacts, 'bizStep' | 'disposition'>): boolean {
  return bizStep === STEP.dispensing || disposition === DISPOSITION.dispensed;
}

/** Of an event, but for the codes of its products. @param time of the event, ms */
export function keysOfEvent(facts: EventFacts, time: number): DispenseKey[] {
  const { epcs = [], children = [], bizTransactions = [], quantities = [] } = facts;
  const instances = [...epcs, ...children];
  const prescriptions = bizTransactions.flatMap(({ value }) => [value, ...ownNumber(value)]);
  const gtins = [...instances, ...quantities.map(({ epcClass }) => epcClass)].flatMap(gtinIn);
  const day = Math.floor(time / DAY_MS);
  return [
    ...prescriptions.map((text) => ({ kind: 'PRESCRIPTION' as const, text })),
    ...instances
      .flatMap((epc) => instanceWithoutLot(epc) ?? [])
      .map((text) => ({ kind: 'SERIAL' as const, text })),
    ...[...new Set(gtins)].map((text) => ({ kind: 'GTIN' as const, text, day })),
  ];
}

export function keysOfRecord({ prescriptions, epcs, products }: DispenseFacts): DispenseKey[] {
  return [
    ...(prescriptions ?? []).map((text) => ({ kind: 'PRESCRIPTION' as const, text })),
    ...(epcs ?? []).map((text) => ({ kind: 'SERIAL' as const, text })),
    ...(products ?? []).map(({ ndc, day }) => ({ kind: 'NDC' as const, text: ndc, day })),
  ];
}

function gtinIn(uri: string): string[] {
  const gtin = GTIN_LINK.exec(uri)?.[1];
  return gtin === undefined ? [] : [`https://id.gs1.org/01/${gtin}`];
}

function ownNumber(transaction: string): string[] {
  const number = TRANSACTION.exec(transaction)?.[1];
  if (number === undefined) return [];
  try {
    return [decodeURIComponent(number)];
  } catch {
    return [number];
  }
}
