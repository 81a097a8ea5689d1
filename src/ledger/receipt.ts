/** How far an entry has come. */
export type ReceiptState = 'SEQUENCED' | 'PUBLISHED';

/** What the log says of one statement it took. */
export interface Receipt {
  /** Position in the log. */
  seq: number;
  entryCid: string;
  statementCid: string;
  /** When it was sequenced, ms since the epoch. */
  at: number;
  state: ReceiptState;
  /** Tree size of the checkpoint, or of the tree that first held the entry while it is only sequenced. */
  size: number;
  /** A signed checkpoint that covers the entry, once there is one. */
  checkpoint?: string;
  /** True when the same statement had been taken before. */
  repeated: boolean;
}
