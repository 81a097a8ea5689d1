import type { DatabaseSync } from 'node:sqlite';
import { LruMap } from '../../crypto/lru.js';
import { classOfInstance } from '../../record/gs1/class.js';
import { LEVELS_MAX } from '../containment/chain.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { JOURNEY_MAX_MS } from '../trace/journey.js';
import { MentionReader } from '../trace/mention-reader.js';
import type { TraceEvent } from '../trace/trace-event.js';
import { showsArrival } from './custody-gap.js';

/** Things looked at in one container. */
const CONTENTS_MAX = 10_000;
const CLASSES_KEPT = 20_000;

/** All that is in `id` at a time, at any depth, each with what it is directly in: one thing, so that none comes twice. */
const INSIDE = `WITH RECURSIVE inside(id, holder, level) AS (
  SELECT ?1, NULL, 0
  UNION ALL
  SELECT i.child, i.parent, level + 1 FROM inside
    JOIN packing_interval i INDEXED BY packing_interval_parent ON i.parent = inside.id AND i.ended > ?2
  WHERE i.time <= ?2 AND level < ${LEVELS_MAX}
  LIMIT ${CONTENTS_MAX + 1}
)`;

/** What containers held. */
export class ContentsReader {
  private readonly seen: Select<
    [id: number, step: number | null, readPoint: number | null, bizLocation: number | null]
  >;
  private readonly inside: Select<[id: number, holder: number | null]>;
  private readonly holders: Select<[parent: number]>;
  private readonly terms: TermReader;
  private readonly ids: MentionReader;
  /** Of instances, as terms; null for what is none. */
  private readonly classes = new LruMap<number, number | null>(CLASSES_KEPT);

  constructor(database: DatabaseSync) {
    this.seen = new Select(
      database,
      `${INSIDE}
       SELECT DISTINCT inside.id, e.step, e.read_point, e.biz_location
       FROM inside
       CROSS JOIN mention m ON m.what = inside.id AND m.role IN (0, 1, 2, 3, 4) AND m.time BETWEEN ?2 AND ?3
       CROSS JOIN event e ON e.seq = m.seq
       WHERE inside.level > 0 AND e.voided IS NULL AND e.voids = 0
         AND (e.time, e.record, e.seq) > (?2, ?4, ?5)`,
    );
    this.inside = new Select(database, `${INSIDE} SELECT id, holder FROM inside`);
    // the last that had begun: it is in one place at a time
    this.holders = new Select(
      database,
      `SELECT parent FROM (
         SELECT parent, ended FROM association_interval WHERE child = ?1 AND time <= ?2
         ORDER BY time DESC, record DESC, seq DESC LIMIT 1
       ) WHERE ended > ?2`,
    );
    this.terms = new TermReader(database);
    this.ids = new MentionReader(database);
  }

  /**
   * Looks for something that the item held when it was shipped and that has got somewhere since.
   *
   * @returns what was found and what it was in, up to but without the item; undefined when there is nothing
   */
  findArrival(item: number, shipping: TraceEvent): number[] | undefined {
    const { time, recordTime, seq } = shipping;
    const rows = this.seen.all(item, time, time + JOURNEY_MAX_MS, recordTime, seq);
    const found = rows.find(([, step, readPoint, bizLocation]) =>
      showsArrival(shipping, {
        bizStep: this.textOf(step),
        readPoint: this.textOf(readPoint),
        bizLocation: this.textOf(bizLocation),
      }),
    );
    return found && this.chainUp(item, found[0], time);
  }

  /** Classes of what the item is, holds, or is fixed to, as terms; ascending. */
  classesAt(item: number, time: number): number[] {
    const classes = new Set<number>();
    for (const holder of [item, ...this.holders.all(item, time).map(([parent]) => parent)]) {
      for (const [id] of this.inside.all(holder, time)) {
        const gtin = this.classOf(id);
        if (gtin !== null) classes.add(gtin);
      }
    }
    return [...classes].sort((a, b) => a - b);
  }

  /** A lorry is asked about at every reading, and what is in it is mostly the same. */
  private classOf(id: number): number | null {
    const known = this.classes.get(id);
    if (known !== undefined) return known;
    const text = classOfInstance(this.terms.textOf(id));
    const gtin = (text === undefined ? undefined : this.ids.idOf(text)) ?? null;
    this.classes.set(id, gtin);
    return gtin;
  }

  private chainUp(item: number, from: number, time: number): number[] {
    const holderOf = new Map(this.inside.all(item, time));
    const chain: number[] = [];
    for (let id: number | null | undefined = from; id && id !== item; id = holderOf.get(id)) {
      chain.push(id);
      if (chain.length > LEVELS_MAX) break;
    }
    return chain;
  }

  private textOf(id: number | null): string | undefined {
    return id === null ? undefined : this.terms.textOf(id);
  }
}
