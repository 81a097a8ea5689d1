import { monthOf } from './bucket.js';
import type { FigurePlanner } from './figure-plan.js';
import { monthsSql, sizesSql, type TimeSpan } from './group-sql.js';
import type { Ask } from './resolve.js';
import { cellName, withholdCells, type Cell } from './small-cell.js';

/** Cells of a cube beyond which nothing is told: what cannot be looked at whole cannot be kept safe. */
export const CELLS_MAX = 10_000;

type Key = string | number | null;

/**
 * Whoever may not read asks of whole months: the edges of windows could else be moved about a single record.
 *
 * @returns the window with its ends moved outwards
 */
export function wholeMonths({ from, to }: TimeSpan): TimeSpan {
  return {
    ...(from !== undefined && { from: monthOf(from) }),
    ...(to !== undefined && { to: monthOf(to) === to ? to : monthOf(to, 1) }),
  };
}

/**
 * The groups that whoever may not read is not told. A group counts as small not only when few subjects stand behind it: also
 * when the same question without one of its filters, or with a window a little longer or shorter, would differ by few.
 *
 * @returns undefined when there are too many to tell
 */
export async function findWithheld(
  planner: FigurePlanner,
  window: TimeSpan,
  ask: Ask,
): Promise<Set<string> | undefined> {
  const plan = planner.plan(window);
  const width = plan.dimensions.length;
  const sql = sizesSql(plan, CELLS_MAX + 1);
  const rows = await ask<Key[]>(sql, plan.statement.parameters);
  if (rows.length > CELLS_MAX) return undefined;
  const edges = await findEdges(planner, window, ask);
  if (!edges) return undefined;
  const cells = rows.map((row): Cell => {
    const key = keyOf(row, width);
    const [own = 0, ...without] = row.slice(2 * width).map(Number);
    const differences = [...without, ...(edges.get(cellName(key)) ?? [])];
    return { key, subjects: Math.min(own, ...differences.filter((count) => count > 0)) };
  });
  return withholdCells(cells, width);
}

/** The text of a key in the name of a cell: null is a value like others. */
export function keyText(key: Key): string {
  return key === null ? 'null' : `=${key}`;
}

/**
 * Subjects of the months next to the window, before and behind: of each cell, the nearest that are not empty. What a longer
 * window takes in beside this one has one of these in it, where windows are whole months.
 */
async function findEdges(
  planner: FigurePlanner,
  window: TimeSpan,
  ask: Ask,
): Promise<Map<string, number[]> | undefined> {
  const plan = planner.plan({});
  const isOpen = window.from === undefined && window.to === undefined;
  if (isOpen || plan.figure.time === undefined) return new Map();
  const width = plan.dimensions.length;
  const sql = monthsSql(plan, 4 * CELLS_MAX + 1);
  const rows = await ask<Key[]>(sql, plan.statement.parameters);
  if (rows.length > 4 * CELLS_MAX) return undefined;
  const byCell = Map.groupBy(rows, (row) => cellName(keyOf(row, width)));
  const edges = new Map<string, number[]>();
  for (const [name, list] of byCell) {
    const months = list
      .filter((row) => row[2 * width] !== null)
      .map((row) => ({ month: Number(row[2 * width]), subjects: Number(row[2 * width + 1]) }))
      .sort((a, b) => a.month - b.month);
    edges.set(name, edgesOf(months, window));
  }
  return edges;
}

function edgesOf(
  months: readonly { month: number; subjects: number }[],
  { from = -Infinity, to = Infinity }: TimeSpan,
): number[] {
  const before = months.filter(({ month }) => month < from);
  const after = months.filter(({ month }) => month >= to);
  const near = [before.at(-1), after[0]];
  return near.flatMap((each) => each?.subjects ?? []);
}

function keyOf(row: readonly Key[], width: number): Cell['key'] {
  return Array.from({ length: width }, (_, i) =>
    row[width + i] === 1 ? undefined : keyText(row[i]!),
  );
}
