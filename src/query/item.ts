import { AppError } from '../error.js';
import type { Moment } from '../graph/containment/containment-reader.js';
import type { Place } from '../graph/trace/place-reader.js';
import type { ItemTrace } from '../graph/trace/item-tracer.js';
import { formatUrn, parseIdentifier } from '../record/gs1/identifier.js';
import type { Gs1Identifier } from '../record/gs1/key.js';
import { caughtUp } from './caught-up.js';
import { checkEventReader } from './event-list.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';

/** What is asked: where is this thing, and what has happened to it. */
export interface ItemQuestion {
  /** In any form: EPC URN, Digital Link, element string, scan. */
  epc: string;
  /** Event time, ms; now when left out. */
  asOf?: number;
  /** The last ledger position known; all when left out. */
  knownAt?: number;
}

/** A place or a party, with what master data says of it. */
export interface PlaceView {
  id: string;
  name: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface ItemLocationView {
  readPoint: PlaceView | null;
  bizLocation: PlaceView | null;
  site: PlaceView | null;
}

export interface PersistentView {
  disposition: string;
  seq: number;
}

export interface ContainerView {
  level: number;
  epc: string;
  since: number;
  seq: number;
}

export interface ContainerChainView {
  containers: ContainerView[];
  isComplete: boolean;
}

export interface ItemConflictView {
  kind: string;
  container: string | null;
  other: string | null;
  seq: number;
}

export interface ItemQuantityView {
  epcClass: string;
  amount: number;
  uom: string | null;
  isExact: boolean;
}

export type ItemGap = 'MAX_NODES' | 'MISSING_BLOCK';

/** An item as it is answered; terms are full URIs, identifiers canonical. */
export interface ItemView {
  epc: string;
  urn: string | null;
  kind: string | null;
  gtin: string | null;
  serial: string | null;
  lot: string | null;
  expiry: number | null;
  productName: string | null;
  status: string;
  since: number | null;
  bizStep: string | null;
  disposition: string | null;
  persistentDispositions: PersistentView[];
  location: ItemLocationView | null;
  custodian: PlaceView | null;
  owner: PlaceView | null;
  chain: ContainerChainView;
  conflicts: ItemConflictView[];
  quantities: ItemQuantityView[];
  isComplete: boolean;
  reason: ItemGap | null;
  /** The last ledger position the answer knows of. */
  position: number | null;
  /** What it was made of; history, custody, sensors and children are taken from it when asked for. */
  trace: ItemTrace;
  moment: Moment;
  question: ItemQuestion;
}

/** More characters than any identifier has; what is longer names nothing. */
const EPC_CHARACTERS_MAX = 2_048;

/**
 * What is known of an item; null when nothing is.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, QUERY_TOO_COMPLEX
 */
export async function traceItem(reader: Reader, question: ItemQuestion): Promise<ItemView | null> {
  checkEventReader(reader);
  const { epc, asOf, knownAt } = question;
  if (epc.length === 0 || epc.length > EPC_CHARACTERS_MAX) {
    throw new AppError('BAD_USER_INPUT', `an EPC has 1 to ${EPC_CHARACTERS_MAX} characters`);
  }
  const moment: Moment = {
    asOf: asOf ?? reader.rooms.now(),
    ...(knownAt !== undefined && { knownAt: knownAt + 1 }),
  };
  await caughtUp(reader, moment.knownAt);
  const trace = await reader.ask((read) => read.item(epc, moment));
  return trace && shapeItem(trace, question, moment);
}

function shapeItem(trace: ItemTrace, question: ItemQuestion, moment: Moment): ItemView {
  const { history, state, product, hasUnreadable, cursor } = trace;
  const places = new Map(trace.places.map((place) => [place.id, place]));
  const show = (id: string | undefined) => (id === undefined ? null : shapePlace(id, places));
  const { readPoint, bizLocation, site } = state;
  const isSomewhere = readPoint !== undefined || bizLocation !== undefined || site !== undefined;
  return {
    ...identify(question.epc, history.epc),
    lot: state.lot ?? null,
    expiry: state.expiry ?? null,
    productName: product?.name ?? null,
    status: state.status,
    since: state.since ?? null,
    bizStep: state.bizStep ?? null,
    disposition: state.disposition ?? null,
    persistentDispositions: state.persistent,
    location: isSomewhere
      ? { readPoint: show(readPoint), bizLocation: show(bizLocation), site: show(site) }
      : null,
    custodian: show(state.custodian),
    owner: show(state.owner),
    chain: shapeChain(trace),
    conflicts: trace.conflicts.map(({ kind, seq, container = null, other = null }) => ({
      kind,
      seq,
      container,
      other,
    })),
    quantities: trace.quantities.map((each) => ({ ...each, uom: each.uom ?? null })),
    isComplete: history.isComplete && !hasUnreadable,
    reason: gapOf(trace),
    position: formatPosition(cursor),
    trace,
    moment,
    question,
  };
}

function gapOf({ history, hasUnreadable }: ItemTrace): ItemGap | null {
  if (!history.isComplete) return 'MAX_NODES';
  return hasUnreadable ? 'MISSING_BLOCK' : null;
}

function shapeChain({ history: { chain, isChainComplete } }: ItemTrace): ContainerChainView {
  const containers = chain.map(({ level, parent, since, seq }) => ({
    level,
    epc: parent,
    since,
    seq,
  }));
  return { containers, isComplete: isChainComplete };
}

function shapePlace(id: string, places: ReadonlyMap<string, Place>): PlaceView {
  const { name = null, latitude = null, longitude = null } = places.get(id) ?? {};
  return { id, name, latitude, longitude };
}

/** The URN needs the length of the company prefix, which only a URN tells. */
function identify(asked: string, epc: string) {
  const id = parseIdentifier(asked);
  const gtin = id?.key.ai === '01' ? id.key.value : null;
  return {
    epc,
    urn: (id && formatUrn(id)) ?? null,
    kind: id?.kind ?? null,
    gtin,
    serial: (id && qualifierOf(id, '21')) ?? null,
  };
}

function qualifierOf({ qualifiers }: Gs1Identifier, wanted: string): string | undefined {
  return qualifiers.find(({ ai }) => ai === wanted)?.value;
}
