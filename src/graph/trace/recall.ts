import type { ItemState, ItemStatus } from './item-state.js';

/** Where a recalled unit is found; each is in exactly one of these. */
export const RECALL_BUCKETS = [
  'AT_SITE',
  'IN_TRANSIT',
  'DISPENSED',
  'DESTROYED',
  'DECOMMISSIONED',
  'UNACCOUNTED',
] as const;

export type RecallBucket = (typeof RECALL_BUCKETS)[number];

/**
 * Which units: those commissioned with the lot, with a GTIN, or both; or, for an item, those of its lot, or all that it
 * holds or held when it is a container. One of the three must be there.
 */
export interface RecallSubject {
  lot?: string;
  /** Class of the instances, canonical. */
  gtin?: string;
  /** Canonical EPC. */
  item?: string;
}

export interface RecallRequest extends RecallSubject {
  /** Event time, ms. */
  asOf: number;
  /** Number of ledger entries known; all when left out. */
  knownAt?: number;
}

/** Units by bucket; they add up to `total`. */
export type RecallCounts = Record<RecallBucket, number> & { total: number };

/** The units of a site, an organisation or a product. */
export interface RecallGroup {
  /** Canonical; null for the units of which it is not known. */
  id: string | null;
  /** From master data. */
  name: string | null;
  counts: RecallCounts;
}

/** How much of a lot was packed without serial numbers, and is in a container still. */
export interface RecallQuantity {
  /** The lot, canonical. */
  epcClass: string;
  container: string;
  amount: number;
  /** UN/CEFACT Recommendation 20 code; null for pieces. */
  uom: string | null;
  /** False when an event named no amount. */
  isExact: boolean;
}

/** Why a report is not all there is. */
export type RecallGap = 'MAX_NODES' | 'MISSING_BLOCK';

export interface RecallReport {
  counts: RecallCounts;
  /** Units whose persistent disposition is `recalled`. */
  recalled: number;
  /** Most units first. */
  bySite: RecallGroup[];
  byCustodian: RecallGroup[];
  byOwner: RecallGroup[];
  byProduct: RecallGroup[];
  quantities: RecallQuantity[];
  /** Events that name some amount of the lot without serial numbers, in a container or not. */
  quantityEvents: number;
  /** The first that holds; absent when the report is complete. */
  gap?: RecallGap;
  /** Number of ledger entries the answer knows. */
  knownAt: number;
}

/** One unit of a recall. */
export interface RecallUnit {
  /** Place in the order of units. */
  item: number;
  epc: string;
  bucket: RecallBucket;
  state: ItemState;
  /** False when its history is longer than is read. */
  isComplete: boolean;
}

export interface RecallPageRequest {
  /** All buckets when left out. */
  bucket?: RecallBucket;
  first: number;
  /** `end` of the page before. */
  after?: number;
}

export interface RecallUnitPage {
  units: RecallUnit[];
  hasNext: boolean;
  /** Where to go on; absent at the end. */
  end?: number;
}

/** CONSUMED: it went into something else and exists no more under its own number. */
export function bucketOf(status: ItemStatus): RecallBucket {
  if (status === 'CONSUMED') return 'DECOMMISSIONED';
  return status === 'UNKNOWN' ? 'UNACCOUNTED' : status;
}
