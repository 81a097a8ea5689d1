import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import type { Moment } from '../containment/containment-reader.js';
import { Select } from '../select.js';
import { ContentWalk } from './recall-content.js';
import { UnitList } from './recall-unit-list.js';
import type { RecallSubject } from './recall.js';

/** More units than any lot has; a larger question has to be asked in parts. */
export const UNITS_MAX = 1_000_000;

/** Things in a container that are followed for one answer. */
const CONTENT_MAX = 200_000;

const EVERY = Number.MAX_SAFE_INTEGER;

/** A commissioning that counts; `?` are asOf and knownAt twice. */
const COUNTED = `e.time <= ? AND e.seq < ? AND (e.voided IS NULL OR e.voided >= ?) AND e.voids = 0`;

/** Finds the units a recall is about. */
export class RecallSubjects {
  private readonly term: Select<[id: number]>;
  private readonly byLot: StatementSync;
  private readonly byLotOfClass: StatementSync;
  private readonly byClass: StatementSync;
  private readonly among: StatementSync;
  private readonly ofLots: StatementSync;
  private readonly lots: Select<[gtin: number, lot: number | null]>;
  private readonly content: ContentWalk;

  constructor(database: DatabaseSync) {
    this.term = new Select(database, 'SELECT id FROM term WHERE text = ?');
    const units = (from: string, where: string) =>
      database.prepare(
        `SELECT DISTINCT u.item, u.gtin FROM ${from} CROSS JOIN event e ON e.seq = u.seq
         WHERE ${where} AND ${COUNTED} ORDER BY u.item LIMIT ${UNITS_MAX + 1}`,
        { returnArrays: true },
      );
    const byLot = 'unit u INDEXED BY unit_lot';
    const byClass = 'unit u INDEXED BY unit_gtin';
    this.byLot = units(byLot, 'u.lot = ? AND u.gtin IS NOT NULL');
    this.byLotOfClass = units(byClass, 'u.gtin = ? AND u.lot = ?');
    this.byClass = units(byClass, 'u.gtin = ?');
    this.among = units(
      'json_each(?) j CROSS JOIN unit u ON u.item = j.value',
      'u.gtin IS NOT NULL',
    );
    this.ofLots = units(
      `json_each(?) j CROSS JOIN ${byClass} ON u.gtin = j.value ->> 0 AND u.lot = j.value ->> 1`,
      'u.gtin IS NOT NULL',
    );
    this.lots = new Select(
      database,
      `SELECT DISTINCT u.gtin, u.lot FROM unit u CROSS JOIN event e ON e.seq = u.seq
       WHERE u.item = ? AND u.gtin IS NOT NULL AND ${COUNTED}`,
    );
    this.content = new ContentWalk(database);
  }

  /**
   * Each unit once, by id; none when nothing is known of what is asked for.
   *
   * @throws AppError QUERY_TOO_COMPLEX
   */
  unitsOf(subject: RecallSubject, moment: Moment): UnitList {
    const { lot, gtin, item } = subject;
    if (item !== undefined) return this.unitsOfItem(item, moment);
    const lotId = lot === undefined ? undefined : this.idOf(lot);
    const classId = gtin === undefined ? undefined : this.idOf(gtin);
    const isUnknown =
      (lot !== undefined && lotId === undefined) || (gtin !== undefined && classId === undefined);
    if (isUnknown) return new UnitList();
    if (classId === undefined) return list(this.byLot, [lotId!], moment);
    if (lotId === undefined) return list(this.byClass, [classId], moment);
    return list(this.byLotOfClass, [classId, lotId], moment);
  }

  /** GTINs and lots with which an instance was commissioned, as ids. */
  lotsOf(item: number, moment: Moment): [gtin: number, lot: number | null][] {
    return this.lots.all(item, ...bounds(moment));
  }

  idOf(text: string): number | undefined {
    return this.term.get(text)?.[0];
  }

  /** What has ever held something is a container, though it may have a serial number and a lot of its own. */
  private unitsOfItem(epc: string, moment: Moment): UnitList {
    const item = this.idOf(epc);
    if (item === undefined) return new UnitList();
    const content = this.content.everIn(item, moment, CONTENT_MAX);
    if (content.length > 0) return list(this.among, [JSON.stringify(content)], moment);
    const lots = this.lotsOf(item, moment).filter(([, lot]) => lot !== null);
    if (lots.length > 0) return list(this.ofLots, [JSON.stringify(lots)], moment);
    return list(this.among, [JSON.stringify([item])], moment);
  }
}

function bounds({ asOf, knownAt = EVERY }: Moment): [number, number, number] {
  return [asOf, knownAt, knownAt];
}

/** @throws AppError QUERY_TOO_COMPLEX */
function list(select: StatementSync, asked: (number | string)[], moment: Moment): UnitList {
  const units = new UnitList();
  for (const row of select.iterate(...asked, ...bounds(moment))) {
    const [item, gtin] = row as unknown as [number, number];
    units.add(item, gtin);
  }
  if (units.length > UNITS_MAX) throw tooMany();
  return units;
}

function tooMany(): AppError {
  return new AppError('QUERY_TOO_COMPLEX', 'there are too many units to answer for at once', {
    hint: 'ask for one lot of the product',
    unitsMax: UNITS_MAX,
  });
}
