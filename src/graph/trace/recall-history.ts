import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { DISPOSITION } from '../../record/cbv/known-term.js';
import type { Moment } from '../containment/containment-reader.js';
import { covers } from '../containment/interval.js';
import { comparePositions } from '../containment/position.js';
import { isDispensing } from '../dispense/dispense-key.js';
import { ITEM_ROLES } from '../event/mention-role.js';
import { Select } from '../select.js';
import { isInherited, itemRoleOf } from './inheritance.js';
import { stateOf, type ItemState } from './item-state.js';
import { MentionReader } from './mention-reader.js';
import { EventBook, type SharedEvent } from './recall-event.js';
import { StayBook, type Stay } from './recall-stay.js';
import { UnitTimelines } from './recall-timeline.js';
import type { HistoryEntry, HistorySource } from './trace-event.js';

/** Events of one unit that are looked at, the newest; a package has some dozens. */
const OWN_MAX = 1_000;
/** Entries of the histories of one answer, counted once for units that are alike: some seconds' work. */
const ENTRIES_MAX = 20_000_000;
/** Events, stays, states that are kept in mind for the units to come: some dozens of MB. */
const REMEMBERED_MAX = 150_000;
/** A state stands under all that led to it: a text as long as the history. */
const STATE_WEIGHT = 5;
const KEY_CHARACTERS = 200;
/** Events that name the units worked out together: all are held while they are. */
const PART_MAX = 20_000;
/** How a mention is written in one number. */
const ROLES_MAX = 8;

/** What of a unit's state many units have in common. */
export interface SharedState extends Pick<ItemState, 'status' | 'site' | 'custodian' | 'owner'> {
  isRecalled: boolean;
}

export interface UnitState {
  unit: number;
  state: SharedState;
  /** False when there is more to its history than is read. */
  isComplete: boolean;
  /** Of a unit that is dispensed: the events that tell of it. */
  dispensings?: readonly UnitDispensing[];
}

/** An event by which a unit was handed over. */
export interface UnitDispensing {
  seq: number;
  /** The event names the unit itself, not what it was in. */
  isOwn: boolean;
}

/** Units of which the same is told in the same events, by themselves and in the same containers. */
interface Alike {
  /** Position times ROLES_MAX, plus role; the newest first. */
  own: readonly number[];
  stay: Stay;
  result?: Omit<UnitState, 'unit'>;
}

interface Entry {
  shared: SharedEvent;
  role: number;
  /** 0 for the unit's own, else how many levels up. */
  level: number;
}

const SELF: HistorySource = { kind: 'SELF' };

/**
 * The states of many units at one moment: those of `stateOf(ItemReader.history(unit))` of each, but no event, container
 * or stay in one is read twice, and what is alike is worked out once. One for each answer: it remembers what it read.
 */
export class UnitHistories {
  private readonly events: EventBook;
  private readonly timelines: UnitTimelines;
  private readonly stays: StayBook;
  private readonly own: Select<[unit: number, mentions: string | null]>;
  private readonly inherited = new Map<Stay, readonly Entry[]>();
  private readonly states = new Map<string, SharedState>();
  private stateWeight = 0;
  private left = ENTRIES_MAX;

  constructor(
    database: DatabaseSync,
    private readonly moment: Moment,
    private readonly rememberedMax = REMEMBERED_MAX,
  ) {
    this.events = new EventBook(database, moment.knownAt);
    this.timelines = new UnitTimelines(database, moment.knownAt);
    this.stays = new StayBook(new MentionReader(database), moment);
    this.own = new Select(
      database,
      `SELECT j.value, (
         SELECT group_concat(seq * ${ROLES_MAX} + role) FROM (
           SELECT m.seq, m.role FROM mention m
           WHERE m.what = j.value AND m.role < ${ITEM_ROLES.length} AND m.time <= ?
           ORDER BY m.time DESC, m.seq DESC, m.role
           LIMIT ${OWN_MAX + 1}
         )
       ) FROM json_each(?) j`,
    );
  }

  /** False for an earlier position: then every event that moved the units is replayed. */
  get isNow(): boolean {
    return this.timelines.isNow;
  }

  /** In the order of the units. @throws AppError QUERY_TOO_COMPLEX */
  list(units: readonly number[]): UnitState[] {
    this.forget();
    const alike = new Map<string, Alike>();
    const timelines = this.timelines.of(units);
    const named = this.own.all(this.moment.asOf, JSON.stringify(units));
    const found = named.map(([unit, text]) => {
      const stay = this.stays.stayOf(unit, timelines);
      const key = `${stay.id} ${text}`;
      let each = alike.get(key);
      if (!each) alike.set(key, (each = { own: parseMentions(text), stay }));
      return each;
    });
    for (const part of cut(alike.values())) {
      if (this.size > this.rememberedMax) this.forgetEvents();
      this.events.load(seqsOf(part));
      for (const each of part) each.result = this.resultOf(each);
    }
    return found.map(({ result }, i) => ({ ...result!, unit: units[i]! }));
  }

  /** However many units there are, memory stays within bounds: what is forgotten is read again. */
  private forget(): void {
    if (this.size <= this.rememberedMax) return;
    this.forgetEvents();
    for (const each of [this.stays, this.timelines]) each.forget();
  }

  private forgetEvents(): void {
    this.events.forget();
    this.inherited.clear();
    this.states.clear();
    this.stateWeight = 0;
  }

  private get size(): number {
    return this.events.size + this.stays.size + this.timelines.size + this.stateWeight;
  }

  private resultOf({ own, stay }: Alike): Omit<UnitState, 'unit'> {
    const entries = this.entriesOf(own, stay);
    this.left -= entries.length;
    if (this.left < 0) throw tooMuch();
    const key = entries.map(formatEntry).join();
    let state = this.states.get(key);
    if (!state) {
      state = share(stateOf(entries.map(toHistoryEntry)));
      this.states.set(key, state);
      this.stateWeight += STATE_WEIGHT + Math.ceil(key.length / KEY_CHARACTERS);
    }
    const isComplete = stay.isComplete && own.length <= OWN_MAX;
    if (state.status !== 'DISPENSED') return { state, isComplete };
    return { state, isComplete, dispensings: dispensingsIn(entries) };
  }

  /** In the order of events; one that names the unit twice, or a container of it too, once, from the nearest. */
  private entriesOf(own: readonly number[], stay: Stay): Entry[] {
    const named: Entry[] = [];
    for (const code of own.slice(0, OWN_MAX)) {
      const shared = this.events.get(Math.floor(code / ROLES_MAX));
      if (shared) named.push({ shared, role: code % ROLES_MAX, level: 0 });
    }
    const entries = named.concat(this.inheritedIn(stay));
    entries.sort((a, b) => comparePositions(a.shared, b.shared));
    return entries.filter(({ shared }, i) => shared !== entries[i - 1]?.shared);
  }

  private inheritedIn(stay: Stay): readonly Entry[] {
    let entries = this.inherited.get(stay);
    if (!entries) this.inherited.set(stay, (entries = this.inherit(stay)));
    return entries;
  }

  private inherit({ claims }: Stay): Entry[] {
    const entries = new Map<number, Entry>();
    for (const { stretch, mentions } of claims) {
      for (const { seq, role: mention } of mentions) {
        const shared = this.events.get(seq);
        if (!shared || entries.has(seq) || !covers(stretch, shared)) continue;
        const role = itemRoleOf(mention);
        if (!isInherited(shared.kind.event, role)) continue;
        entries.set(seq, { shared, role: ITEM_ROLES.indexOf(role), level: stretch.level });
      }
    }
    return [...entries.values()];
  }
}

/** In parts whose own events may be held at once; one at least in each. */
function* cut(alike: Iterable<Alike>): Generator<Alike[]> {
  let part: Alike[] = [];
  let size = 0;
  for (const each of alike) {
    if (part.length > 0 && size + each.own.length > PART_MAX) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(each);
    size += each.own.length;
  }
  if (part.length > 0) yield part;
}

function* seqsOf(alike: Iterable<Alike>): Generator<number> {
  const stays = new Set<Stay>();
  for (const { own, stay } of alike) {
    for (const code of own) yield Math.floor(code / ROLES_MAX);
    stays.add(stay);
  }
  for (const { claims } of stays) {
    for (const { mentions } of claims) for (const { seq } of mentions) yield seq;
  }
}

function tooMuch(): AppError {
  return new AppError('QUERY_TOO_COMPLEX', 'the units have too many events', {
    hint: 'ask for one lot, or for less than a whole product',
    eventsMax: ENTRIES_MAX,
  });
}

function parseMentions(text: string | null): number[] {
  return text === null ? [] : text.split(',').map(Number);
}

function share({ status, site, custodian, owner, persistent }: ItemState): SharedState {
  const isRecalled = persistent.some(({ disposition }) => disposition === DISPOSITION.recalled);
  return { status, site, custodian, owner, isRecalled };
}

/** Whoever had it before a return is reached, too. */
function dispensingsIn(entries: readonly Entry[]): UnitDispensing[] {
  return entries
    .filter(({ shared }) => isDispensing(shared.kind.event))
    .map(({ shared: { seq }, level }) => ({ seq, isOwn: level === 0 }));
}

/** All that decides what an entry makes of a unit. */
function formatEntry({ shared, role, level }: Entry): string {
  return `${shared.kind.id} ${role}${level === 0 ? '' : ' c'}`;
}

/** Which container it was says nothing about the state. */
function toHistoryEntry({ shared, role, level }: Entry): HistoryEntry {
  const source = level === 0 ? SELF : ({ kind: 'CONTAINER', epc: '', level } as const);
  return { event: shared.kind.event, role: ITEM_ROLES[role]!, source };
}
