import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Select } from '../select.js';
import { ALERT_TYPES, knownFrom, type Suspicion } from './suspicion.js';

type AlertRow = [
  ...[id: number, item: number, type: number, first: number],
  ...[raised: number, known: number, reasons: string, evidence: string],
];

/** The alerts of items. */
export class AlertTable {
  private readonly find: Select<AlertRow>;
  private readonly put: StatementSync;
  private readonly change: StatementSync;
  private readonly drop: StatementSync;

  constructor(database: DatabaseSync) {
    this.find = new Select(
      database,
      `SELECT a.id, a.item, a.type, a.first, a.raised, a.known, a.reasons, a.evidence
       FROM json_each(?) j CROSS JOIN alert a ON a.item = j.value`,
    );
    this.put = database.prepare(
      `INSERT INTO alert (type, item, gtin, first, raised, known, reasons, evidence)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.change = database.prepare(
      'UPDATE alert SET raised = ?, known = ?, reasons = ?, evidence = ? WHERE id = ?',
    );
    this.drop = database.prepare('DELETE FROM alert WHERE id = ?');
  }

  /** What is stored of these items, to be handed to `replace`. */
  load(items: readonly number[]): Map<number, AlertRow[]> {
    const rows = new Map<number, AlertRow[]>();
    for (const row of this.find.all(JSON.stringify(items))) {
      const list = rows.get(row[1]);
      if (list) list.push(row);
      else rows.set(row[1], [row]);
    }
    return rows;
  }

  /** In place of the item's alerts; those that stay keep their ids. */
  replace(
    { item, gtin }: { item: number; gtin?: { id: number } },
    suspicions: readonly Suspicion[],
    stored: readonly AlertRow[] = [],
  ): void {
    const former = new Map(stored.map((row) => [`${row[2]} ${row[3]}`, row]));
    for (const suspicion of suspicions) {
      const type = ALERT_TYPES.indexOf(suspicion.type);
      const [first] = suspicion.evidence;
      const values = encode(suspicion);
      const key = `${type} ${first}`;
      const row = former.get(key);
      former.delete(key);
      if (!row) this.put.run(type, item, gtin?.id ?? null, first, ...values);
      else if (values.some((value, i) => value !== row[4 + i])) this.change.run(...values, row[0]);
    }
    for (const [id] of former.values()) this.drop.run(id);
  }
}

function encode(
  suspicion: Suspicion,
): [raised: number, known: number, reasons: string, evidence: string] {
  const { raisedAt, reasons, evidence } = suspicion;
  const known = knownFrom(suspicion);
  return [raisedAt, known, JSON.stringify(reasons), JSON.stringify(evidence)];
}
