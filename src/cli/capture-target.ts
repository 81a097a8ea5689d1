import type { Head } from './tally.js';
import type { Batch } from './source.js';

export type CaptureMode = 'rollback' | 'proceed';

export interface CaptureHow {
  mode: CaptureMode;
  /** Refuses what would otherwise only be warned of. */
  strict: boolean;
  /** What names of FHIR resources begin with where no fullUrl tells. */
  source?: string;
}

/** Where captured records go: a data directory opened here, or a running node. */
export interface CaptureTarget {
  /** Durable and in a signed checkpoint when it returns. */
  capture(batch: Batch, how: CaptureHow): Promise<BatchOutcome>;
  head(): Promise<Head | undefined>;
  close(): Promise<void>;
}

export interface BatchOutcome {
  captured: number;
  /** Of those captured. */
  repeated: number;
  /** Of those captured: next versions of records that were there. */
  revised: number;
  refused: number;
  /** What is odd about records that were captured all the same. */
  warnings: number;
  /** What was refused and why; a node may list only the first of many. */
  problems: { document: number; pointer: string; code: string; message: string; hint?: string }[];
}
