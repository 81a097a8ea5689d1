import { AppError } from '../../error.js';
import { LEVELS_MAX } from '../containment/chain.js';
import type { Moment } from '../containment/containment-reader.js';
import type { Interval } from '../containment/interval.js';
import { BEFORE_ALL } from '../containment/position.js';
import { listStretches, type Stretch } from '../containment/stretch.js';
import type { Timelines } from '../containment/timeline.js';
import { INHERITED_MENTIONS, type InheritedMention } from './inheritance.js';
import type { Mention, MentionReader } from './mention-reader.js';

/** Events of one container that are looked at, while something was in it. */
const CLAIM_MAX = 10_000;

/** Events of all containers that are held in memory. */
const HELD_MAX = 100_000;

/** Events of a container that may reach what was in it meanwhile. */
export interface Claim {
  stretch: Stretch;
  mentions: readonly Mention<InheritedMention>[];
  isComplete: boolean;
}

/** Where units were that were packed and unpacked together. */
export interface Stay {
  id: number;
  /** The nearest container first. */
  claims: readonly Claim[];
  isComplete: boolean;
}

/** The stays of the units of one answer, and what was told of their containers meanwhile; each read once. */
export class StayBook {
  private readonly stays = new Map<string, Stay>();
  private readonly claims = new Map<string, Claim>();
  private held = 0;

  constructor(
    private readonly mentions: MentionReader,
    private readonly moment: Moment,
  ) {}

  /** How much is remembered. */
  get size(): number {
    return this.held + this.stays.size + this.claims.size;
  }

  /** Stays are numbered anew. */
  forget(): void {
    this.stays.clear();
    this.claims.clear();
    this.held = 0;
  }

  /** @throws AppError QUERY_TOO_COMPLEX */
  stayOf(unit: number, timelines: Timelines): Stay {
    const key = timelines.listFrom(unit, BEFORE_ALL, Infinity).map(formatInterval).join();
    let stay = this.stays.get(key);
    if (!stay) this.stays.set(key, (stay = this.readStay(unit, timelines)));
    return stay;
  }

  private readStay(unit: number, timelines: Timelines): Stay {
    const range = { to: this.moment.asOf + 1 };
    const { stretches, isComplete } = listStretches(timelines, unit, range, LEVELS_MAX);
    const claims = stretches.map((stretch) => this.claimOf(stretch));
    return {
      id: this.stays.size,
      claims,
      isComplete: isComplete && claims.every((claim) => claim.isComplete),
    };
  }

  private claimOf(stretch: Stretch): Claim {
    const { container, from, to, level } = stretch;
    const key = `${level} ${formatInterval({ parent: container, from, to })}`;
    let claim = this.claims.get(key);
    if (!claim) this.claims.set(key, (claim = this.readClaim(stretch)));
    return claim;
  }

  private readClaim(stretch: Stretch): Claim {
    const { container, from, to } = stretch;
    const { asOf, knownAt } = this.moment;
    const span = { from: from.time, to: Math.min(to?.time ?? asOf, asOf) };
    const found = this.mentions.list(container, INHERITED_MENTIONS, span, CLAIM_MAX + 1, knownAt);
    this.held += found.length;
    if (this.held > HELD_MAX) throw tooMuch();
    return {
      stretch,
      mentions: found.slice(0, CLAIM_MAX),
      isComplete: found.length <= CLAIM_MAX,
    };
  }
}

function tooMuch(): AppError {
  return new AppError('QUERY_TOO_COMPLEX', 'what the units were in has too many events', {
    hint: 'ask for fewer units, or for an earlier time',
    eventsMax: HELD_MAX,
  });
}

function formatInterval({ parent, from, to }: Omit<Interval, 'child'>): string {
  return `${parent} ${from.time} ${from.seq} ${to ? `${to.time} ${to.seq}` : ''}`;
}
