import { Random } from '../random.js';
import { EPCIS_CONTEXT } from '../supply-event.js';
import { CaptureOrder } from './capture-order.js';
import { tellLot } from './chain.js';
import { readRoom } from './climate.js';
import { DAY_MS } from './clock.js';
import { Fleet } from './fleet.js';
import type { Step, SupplyEvent } from './journal.js';
import { describeMasterData } from './master-data.js';
import { DECLARATION_EVERY, makeMistakes } from './mistake.js';
import { PlotBook } from './plot.js';
import { SUPPLY_SIZES, type SupplySize } from './size.js';
import type { Works } from './story.js';
import type { Anomaly, SupplyTruth } from './truth.js';

export type { SupplyEvent } from './journal.js';
export type { Anomaly, SupplyTruth } from './truth.js';

export type SupplyOptions = {
  /** A safe integer: the same one, the same bytes. */
  seed: number;
  /** When the first unit is made, ms since the epoch; 8 January 2024 by default. */
  startAt?: number;
} & ({ size: SupplySize } | { /** How many in all. */ events: number });

export interface Supply {
  /** EPCIS 2.0 document of places, parties and products; to be captured first. */
  masterData: object;
  /** Bare events in the order of their capture, to be read once. */
  events: Generator<SupplyEvent>;
  /** What was planted; all of it once the events are read. */
  truth(): SupplyTruth;
}

/**
 * A supply chain of twenty organisations over most of a year: lots made, packed, hauled, repackaged, delivered, dispensed
 * and destroyed, with sensors. 5 % of the events are captured late, 1 % are error declarations, and to every 200 events
 * there is one anomaly of each type of alert. Lazy, and in memory only what is under way.
 */
export function generateSupply(options: SupplyOptions): Supply {
  const { seed, startAt = Date.UTC(2024, 0, 8) } = options;
  const events = 'size' in options ? SUPPLY_SIZES[options.size] : options.events;
  const year = new Year(seed, events, startAt);
  return {
    masterData: describeMasterData(startAt),
    events: year.tell(),
    truth: () => ({
      seed,
      ...('size' in options && { size: options.size }),
      events,
      anomalies: year.anomalies,
    }),
  };
}

/** An event as one line of NDJSON that stands by itself, with its context; without the newline. */
export function formatLine(event: SupplyEvent): string {
  return CONTEXT_START + JSON.stringify(event).slice(1);
}

export function* formatLines(events: Iterable<SupplyEvent>): Generator<string> {
  for (const event of events) yield formatLine(event);
}

const CONTEXT_START = `{"@context":${JSON.stringify(EPCIS_CONTEXT)},`;

/** Days in which lots are begun; the last of them live on for some weeks. */
const DAYS = 270;
/** About how many events a lot has. */
const LOT_EVENTS = 110;
/** One reading of a room's climate to so many events. */
const ROOM_EVERY = 50;
const SMALLEST = [8, 10] as const;

class Year {
  readonly anomalies: Anomaly[] = [];
  private readonly works: Works;
  private readonly order: CaptureOrder;
  private readonly plots = new PlotBook();
  private planned = 0;
  private rooms = 0;
  private declarations = 0;

  constructor(
    seed: number,
    private readonly events: number,
    private readonly startAt: number,
  ) {
    const random = new Random(seed);
    this.works = { random, fleet: new Fleet(), serial: 0 };
    this.order = new CaptureOrder(random);
  }

  *tell(): Generator<SupplyEvent> {
    const interval = (DAYS * DAY_MS * LOT_EVENTS) / this.events;
    let time = this.startAt;
    for (; this.planLot(time); time += interval) {
      for (; this.rooms * ROOM_EVERY < this.planned; this.rooms++) this.planRoom(time, interval);
      yield* this.order.before(time);
    }
    for (const left = this.events - this.planned; this.planned < this.events;) {
      this.planRoom(time, (DAY_MS * left) / 4);
    }
    yield* this.order.rest();
  }

  /** False when not even a small lot would fit into what is left. */
  private planLot(time: number): boolean {
    const { random } = this.works;
    const usual = Array.from({ length: random.between(2, 5) }, () => random.between(8, 14));
    return [usual, SMALLEST].some((batches) => this.tryLot(time, batches));
  }

  private tryLot(time: number, batches: readonly number[]): boolean {
    const plot = this.plots.next(Math.min(this.events, this.planned + LOT_EVENTS));
    const { steps } = tellLot(this.works, time, plot, batches);
    const due = Math.ceil((this.planned + steps.length) / DECLARATION_EVERY) - this.declarations;
    const mistakes = makeMistakes(this.works.random, steps, due);
    const count = steps.length + mistakes.length;
    if (this.planned + count > this.events) return false;
    this.plan([...steps, ...mistakes]);
    this.declarations += mistakes.length / 2;
    this.plots.settle(plot);
    for (const anomaly of plot.anomalies) this.anomalies.push(anomaly);
    return true;
  }

  private planRoom(time: number, withinMs: number): void {
    if (this.planned === this.events) return;
    this.plan(readRoom(this.works.random, time + this.works.random.below(withinMs)));
  }

  private plan(steps: Step[]): void {
    for (const step of steps) this.order.add(step);
    this.planned += steps.length;
  }
}
