import { formatCursor, parseCursor, type CursorScope } from '../cursor.js';
import { checkFirst, type Page } from '../page.js';
import { showRecord, type RecordView } from '../record.js';
import type { Reader } from '../reader.js';
import type { AnalyticsView } from './analytics.js';
import { checkAccess, planFigure, type FigureAnswer, type FigureGroup } from './ask-figure.js';
import { recordsSql } from './group-sql.js';

/**
 * The records a group comes from, in ledger order, keyset by keyset; null for whoever may not read them.
 *
 * @throws AppError BAD_USER_INPUT, BAD_CURSOR, DEADLINE
 */
export async function listFigureRecords(
  reader: Reader,
  view: AnalyticsView,
  { question, window }: FigureAnswer,
  group: FigureGroup,
  page: { first?: number; after?: string },
): Promise<Page<RecordView> | null> {
  if (!checkAccess(reader, question) || group.isWithheld) return null;
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = scopeOf(reader, view, question, group);
  const after = page.after === undefined ? -1 : Number(parseCursor(scope, page.after)[0]);
  const planner = await planFigure(reader, view, { ...question, measures: [] });
  const plan = planner.plan(window);
  const sql = recordsSql(plan, group.raw, after, first + 1);
  const rows = await view.clock.ask<[number]>(sql, plan.statement.parameters);
  const seqs = rows.slice(0, first).map(([seq]) => seq);
  const nodes = await Promise.all(seqs.map((seq) => reader.load.recordAt.load(seq)));
  const records = nodes.flatMap((node) => (node && showRecord(reader, node)) ?? []);
  return {
    nodes: records,
    hasNext: rows.length > first,
    hasPrevious: page.after !== undefined,
    cursorOf: ({ seq }) => formatCursor(scope, [seq]),
  };
}

function scopeOf(
  { rooms, viewer }: Reader,
  { question: { window = {}, filter = {} } }: AnalyticsView,
  { name, by = [], bucket, options = {} }: FigureAnswer['question'],
  { raw }: FigureGroup,
): CursorScope {
  const { organisation, subject } = viewer;
  const { from = null, to = null } = window;
  const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    key: rooms.cursorKey,
    binding: [
      ...['analytics', organisation, subject, name, by, bucket ?? null],
      ...[sorted(options), from, to, sorted(filter), raw],
    ],
  };
}
