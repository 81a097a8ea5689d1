import type { SQLInputValue } from 'node:sqlite';
import { ALERT_TYPES, type AlertType } from './suspicion.js';

/** Which alerts are meant: those that satisfy everything given. */
export interface AlertFilter {
  types?: AlertType[];
  /** Canonical EPC. */
  item?: string;
  /** Class of the item: canonical Digital Link of a GTIN. */
  gtin?: string;
  /** Where the first evidence happened: a place, or a site with all in it; canonical. */
  place?: string;
  /** ms; from, included, to before, excluded. */
  raisedFrom?: number;
  raisedBefore?: number;
  /** They rest on something at this ledger position or later. */
  knownFrom?: number;
}

export interface AlertCondition {
  text: string;
  values: SQLInputValue[];
}

/** The filter over `alert a`. */
export function formatAlertFilter(filter: AlertFilter): AlertCondition {
  const parts: AlertCondition[] = [{ text: 'true', values: [] }];
  const add = (text: string, ...values: SQLInputValue[]) => parts.push({ text, values });
  const { types, item, gtin, place, raisedFrom, raisedBefore, knownFrom } = filter;
  if (types) {
    const codes = types.map((type) => ALERT_TYPES.indexOf(type));
    add('a.type IN (SELECT value FROM json_each(?))', JSON.stringify(codes));
  }
  if (item !== undefined) add('a.item = (SELECT id FROM term WHERE text = ?)', item);
  if (gtin !== undefined) add('a.gtin = (SELECT id FROM term WHERE text = ?)', gtin);
  if (place !== undefined) add(IS_AT, place, `${place}/254/`, `${place}/2540`);
  if (raisedFrom !== undefined) add('a.raised >= ?', raisedFrom);
  if (raisedBefore !== undefined) add('a.raised < ?', raisedBefore);
  if (knownFrom !== undefined) add('a.known >= ?', knownFrom);
  return {
    text: parts.map(({ text }) => text).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}

/** Rooms of a site have its GLN and an extension. */
const IS_AT = `EXISTS (
  SELECT 1 FROM event e JOIN term t ON t.id = coalesce(e.read_point, e.biz_location)
  WHERE e.seq = a.first AND (t.text = ? OR (t.text > ? AND t.text < ?))
)`;
