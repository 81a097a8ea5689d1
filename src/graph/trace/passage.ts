import { DISPOSITION, STEP } from '../../record/cbv/known-term.js';
import type { HistoryEntry, TraceEvent } from './trace-event.js';

/** What an event does to the life or the journey of what it names. */
export type Passage =
  | 'CONSUME'
  | 'DESTROY'
  | 'DISPENSE'
  | 'DECOMMISSION'
  | 'COMMISSION'
  | 'DEPART'
  | 'ARRIVE'
  | 'OTHER';

const DEPARTING: ReadonlySet<string> = new Set([
  STEP.shipping,
  STEP.departing,
  STEP.loading,
  STEP.transporting,
]);
const ARRIVING: ReadonlySet<string> = new Set([STEP.receiving, STEP.arriving, STEP.accepting]);
/** Out of the supply chain, into a person's hands. */
const GIVEN_STEPS: ReadonlySet<string> = new Set([STEP.dispensing, STEP.retail_selling]);
const GIVEN_STATES: ReadonlySet<string> = new Set([DISPOSITION.dispensed, DISPOSITION.retail_sold]);
const PARTLY_DISPENSED = 'https://ref.gs1.org/cbv/Disp-partially_dispensed';
/** The CBV has no such step; whoever names one of its own ends it so. */
const RETURNING = /(?:^|[-:/#])returning$/;

/** The first that holds: an end of life weighs more than where it happened. */
export function passageOf({ event, role }: Pick<HistoryEntry, 'event' | 'role'>): Passage {
  if (role === 'INPUT') return 'CONSUME';
  if (role === 'OUTPUT') return 'COMMISSION';
  const { bizStep: step = '', disposition: state = '' } = event;
  if (step === STEP.destroying || state === DISPOSITION.destroyed) return 'DESTROY';
  if (GIVEN_STATES.has(state)) return 'DISPENSE';
  if (GIVEN_STEPS.has(step) && state !== PARTLY_DISPENSED) return 'DISPENSE';
  if (step === STEP.decommissioning || state === DISPOSITION.inactive) return 'DECOMMISSION';
  if (isObject(event) && event.action === 'DELETE') return 'DECOMMISSION';
  if (isObject(event) && (event.action === 'ADD' || step === STEP.commissioning))
    return 'COMMISSION';
  if (ARRIVING.has(step)) return 'ARRIVE';
  if (DEPARTING.has(step) || state === DISPOSITION.in_transit) return 'DEPART';
  return 'OTHER';
}

/** Whoever had it gives it back into the supply chain. */
export function isReturn({ bizStep = '', disposition }: TraceEvent): boolean {
  return disposition === DISPOSITION.returned || RETURNING.test(bizStep);
}

function isObject({ type }: TraceEvent): boolean {
  return type === 'ObjectEvent';
}
