import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PARTY } from '../../record/cbv/known-term.js';
import { QUANTITY_ROLES } from '../event/event-mention.js';
import { parseDetail, type EventDetail } from '../event/event-detail.js';
import { parseItems, type NamedItems } from '../event/event-item.js';
import { ACTIONS } from '../event/event-store.js';
import { encodeRole, ITEM_ROLES, type ItemRole } from '../event/mention-role.js';
import { Select } from '../select.js';
import { isInherited } from '../trace/inheritance.js';
import { passageOf } from '../trace/passage.js';
import { siteOf } from '../trace/site.js';
import type { TraceEvent } from '../trace/trace-event.js';
import type { FactRows } from './fact-columns.js';
import { encodePassage } from './passage-code.js';
import type { TermLookup } from './term-lookup.js';

type EventRow = [
  ...[seq: number, time: number, recorded: number, at: number, type: number],
  ...[action: number | null, step: number | null, disposition: number | null],
  ...[readPoint: number | null, bizLocation: number | null, parent: number | null, author: number],
  ...[detail: string | null, named: string | null],
];

type UnitRow = [gtin: number | null, lot: number | null, expiry: number | null];

/** What follows from an event's type, action, step and disposition alone, for each role. */
interface Bearing {
  passage: number;
  byRole: { passage: number; reaches: boolean }[];
}

const BEARINGS_MAX = 10_000;
const ADD = ACTIONS.indexOf('ADD');
const EPC = encodeRole('EPC');
const OUTPUT = encodeRole('OUTPUT');
const NUMBERS = ['value', 'minValue', 'maxValue', 'meanValue'] as const;

/** Reads events that count, and turns each into rows. */
export class EventFacts {
  private readonly range: StatementSync;
  private readonly unit: Select<UnitRow>;
  private readonly bearings = new Map<string, Bearing>();
  private readonly sites = new Map<number, number | null>();

  constructor(
    database: DatabaseSync,
    private readonly terms: TermLookup,
  ) {
    // one after the other: the details of thousands of events are not held at once
    this.range = database.prepare(
      `SELECT e.seq, e.time, e.record, e.at, e.type, e.action, e.step, e.disposition, e.read_point,
              e.biz_location, e.parent, e.author, e.detail, i.named
       FROM event e LEFT JOIN event_item i ON i.seq = e.seq
       WHERE e.seq >= ? AND e.seq < ? AND e.voided IS NULL AND e.voids = 0 ORDER BY e.seq`,
      { returnArrays: true },
    );
    this.unit = new Select(
      database,
      'SELECT gtin, lot, expiry FROM unit WHERE item = ? AND seq = ?',
    );
  }

  /** @param touched gets the items the events name */
  read(from: number, to: number, rows: FactRows, touched: Set<number>): void {
    for (const row of this.range.iterate(from, to)) {
      this.add(row as unknown as EventRow, rows, touched);
    }
  }

  private add(row: EventRow, rows: FactRows, touched: Set<number>): void {
    const [seq, time, recorded, at, type, action, step, disposition, ...rest] = row;
    const [readPoint, bizLocation, parent, author, detailText, named] = rest;
    const detail = parseDetail(detailText);
    const items = named === null ? [] : parseItems(named);
    const bearing = this.bearingOf(type, action, step, disposition);
    const place = bizLocation ?? readPoint;
    rows.add('event', [
      ...[seq, time, recorded, at, type, action, step, disposition, readPoint, bizLocation],
      ...[place, this.siteOf(place), parent, author, bearing.passage, countOf(items)],
      ...this.parties(detail),
    ]);
    this.addItems({ seq, time, recorded, type, action }, items, bearing, rows, touched);
    this.addQuantities(seq, time, detail, rows);
    this.addSensors(seq, time, place, items.length > 0, detail, rows);
  }

  private addItems(
    event: { seq: number; time: number; recorded: number; type: number; action: number | null },
    items: NamedItems,
    { byRole }: Bearing,
    rows: FactRows,
    touched: Set<number>,
  ): void {
    const { seq, time, recorded, type, action } = event;
    const bears = this.terms.textOf(type) === 'ObjectEvent' && action === ADD;
    for (const [role, ...ids] of items) {
      const { passage, reaches } = byRole[role]!;
      const isBirth = role === OUTPUT || (bears && role === EPC);
      for (const item of ids) {
        touched.add(item);
        rows.add('event_item', [seq, item, role, time, recorded, passage, reaches]);
        if (!isBirth) continue;
        const unit = this.unit.get(item, seq);
        if (unit) rows.add('unit', [item, seq, time, ...unit]);
      }
    }
  }

  private addQuantities(
    seq: number,
    time: number,
    { quantities }: EventDetail,
    rows: FactRows,
  ): void {
    for (const { list, epcClass, quantity, uom } of quantities ?? []) {
      const id = this.terms.idOf(epcClass);
      if (id === null) continue;
      const role = encodeRole(QUANTITY_ROLES[list]);
      rows.add('quantity', [seq, id, role, quantity ?? null, this.terms.idOf(uom), time]);
    }
  }

  private addSensors(
    seq: number,
    time: number,
    place: number | null,
    isNamed: boolean,
    { sensors }: EventDetail,
    rows: FactRows,
  ): void {
    sensors?.forEach((sensor, n) => {
      const { type, unit, numbers = {}, texts = {} } = sensor;
      const all = NUMBERS.map((name) => numbers[name]).filter((one) => one !== undefined);
      if (all.length === 0) return;
      const at = sensor.time ?? sensor.endTime ?? time;
      rows.add('sensor', [
        ...[seq, n, time, sensor.startTime ?? at, sensor.endTime ?? at],
        ...[this.terms.idOf(type), this.terms.idOf(unit), this.terms.idOf(texts['deviceID'])],
        ...[place, isNamed, numbers.value ?? null, Math.min(...all), Math.max(...all)],
        numbers.value ?? numbers.meanValue ?? null,
      ]);
    });
  }

  private parties({ sources, destinations }: EventDetail): (number | null)[] {
    const types = [PARTY.possessing_party, PARTY.owning_party, PARTY.location];
    return types.flatMap((wanted) =>
      [sources, destinations].map((list) =>
        this.terms.idOf(list?.find(({ type }) => type === wanted)?.value),
      ),
    );
  }

  private siteOf(place: number | null): number | null {
    if (place === null) return null;
    const known = this.sites.get(place);
    if (known !== undefined) return known;
    const site = this.terms.idOf(siteOf(this.terms.textOf(place)));
    if (this.sites.size >= BEARINGS_MAX) this.sites.clear();
    this.sites.set(place, site);
    return site;
  }

  private bearingOf(
    type: number,
    action: number | null,
    step: number | null,
    disposition: number | null,
  ): Bearing {
    const key = `${type} ${action} ${step} ${disposition}`;
    const known = this.bearings.get(key);
    if (known) return known;
    const textOf = (id: number | null) => (id === null ? undefined : this.terms.textOf(id));
    const event: TraceEvent = {
      ...{ seq: 0, time: 0, recordTime: 0, at: 0, type: this.terms.textOf(type) },
      action: action === null ? undefined : ACTIONS[action],
      bizStep: textOf(step),
      disposition: textOf(disposition),
    };
    const bearing = {
      passage: encodePassage(passageOf({ event, role: 'EPC' })),
      byRole: ITEM_ROLES.map((role: ItemRole) => ({
        passage: encodePassage(passageOf({ event, role })),
        reaches: isInherited(event, role),
      })),
    };
    if (this.bearings.size >= BEARINGS_MAX) this.bearings.clear();
    this.bearings.set(key, bearing);
    return bearing;
  }
}

/** Instances, each once though it may be named in two roles. */
function countOf(items: NamedItems): number {
  if (items.length < 2) return items.length === 0 ? 0 : items[0]!.length - 1;
  return new Set(items.flatMap(([, ...ids]) => ids)).size;
}
