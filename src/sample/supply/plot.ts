import { TYPE_OF_REASON, type Anomaly, type AnomalyReason, type AnomalyType } from './truth.js';

const REASONS = Object.keys(TYPE_OF_REASON) as AnomalyReason[];
const TYPES = [...new Set(Object.values(TYPE_OF_REASON))];

/** One anomaly of each type to so many events. */
export const ANOMALY_EVERY = 200;

/** What is to go wrong in the life of one lot. */
export class Plot {
  readonly anomalies: Anomaly[] = [];
  readonly planted: AnomalyReason[] = [];

  constructor(private readonly wanted: readonly AnomalyReason[]) {}

  /** True when this is to be planted and has not been; whoever asks plants it and tells of it. */
  takes(reason: AnomalyReason): boolean {
    if (!this.wanted.includes(reason) || this.planted.includes(reason)) return false;
    this.planted.push(reason);
    return true;
  }

  /** @param others what else is wrong at the first of these events */
  tell(
    reason: AnomalyReason,
    epc: string,
    eventIDs: Anomaly['eventIDs'],
    ...others: AnomalyReason[]
  ): void {
    const type = TYPE_OF_REASON[reason];
    this.anomalies.push({ type, reason, reasons: [reason, ...others], epc, eventIDs });
  }
}

/** Counts what was planted, so that each type, and within it each reason, comes as often as it should. */
export class PlotBook {
  private readonly counts = new Map(REASONS.map((reason) => [reason, 0]));

  /** A plot for a lot with whose events there will be about so many in all. What a lot cannot host, the next gets. */
  next(events: number): Plot {
    const due = Math.ceil(events / ANOMALY_EVERY);
    return new Plot(TYPES.flatMap((type) => this.rarest(type, due)));
  }

  /** The plot was carried out. */
  settle({ planted }: Plot): void {
    for (const reason of planted) this.counts.set(reason, this.counts.get(reason)! + 1);
  }

  private rarest(type: AnomalyType, due: number): AnomalyReason[] {
    const reasons = REASONS.filter((reason) => TYPE_OF_REASON[reason] === type);
    const planted = reasons.reduce((sum, reason) => sum + this.counts.get(reason)!, 0);
    const order = reasons.toSorted((a, b) => this.counts.get(a)! - this.counts.get(b)!);
    return order.slice(0, Math.max(0, due - planted));
  }
}
