/** In stored codes: add at the end. TOO_DEEP: the parent stands deeper than `LEVELS_MAX`, so nothing was opened. */
export const CONFLICT_KINDS = [
  'REPARENTED_WITHOUT_DELETE',
  'CYCLE',
  'DELETE_WITHOUT_ADD',
  'MISMATCH_INSTANCE',
  'TOO_DEEP',
] as const;

export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** An event that does not fit what is known. It is kept and told; the state follows the rules all the same. */
export interface Conflict {
  kind: ConflictKind;
  /** The event that does not fit. */
  seq: number;
  /** Absent when a whole container was unpacked that held nothing. */
  child?: number;
  /** The parent the event names. */
  parent?: number;
  /** Where the child was at that moment, if elsewhere. */
  other?: number;
}
