import { duplicates } from './claims/duplicate.js';
import { INDICATOR_FIGURES, type Indicator } from './claims/indicator.js';
import { claimTotals, services } from './claims/total.js';
import { turnaround } from './claims/turnaround.js';
import type { FigureMaker } from './figure.js';
import { aggregation } from './supply/aggregation.js';
import { capture } from './supply/capture.js';
import { coldChain } from './supply/cold-chain.js';
import { dwell } from './supply/dwell.js';
import { expiry } from './supply/expiry.js';
import { flow } from './supply/flow.js';
import { throughput } from './supply/throughput.js';
import { verification } from './supply/verification.js';

export const FIGURES = {
  THROUGHPUT: throughput,
  CAPTURE: capture,
  DWELL: dwell,
  FLOW: flow,
  COLD_CHAIN: coldChain,
  EXPIRY: expiry,
  VERIFICATION: verification,
  AGGREGATION: aggregation,
  CLAIM_TOTALS: claimTotals,
  SERVICES: services,
  TURNAROUND: turnaround,
  DUPLICATES: duplicates,
  ...INDICATOR_FIGURES,
} as const satisfies Readonly<Record<string, FigureMaker>> & Record<Indicator, FigureMaker>;

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];
