import { setImmediate } from 'node:timers/promises';
import { monthOf } from './bucket.js';
import type { Cube, FigurePlanner } from './figure-plan.js';
import { sizesSql, type TimeSpan } from './group-sql.js';
import type { Ask } from './resolve.js';
import { allOf, cellName, withholdBy, type Cell } from './small-cell.js';

/** Cells of a cube beyond which nothing is told: what cannot be looked at whole cannot be kept safe. */
export const CELLS_MAX = 10_000;
const DIMENSIONS_MAX = 6;

type Key = string | number | null;

/** A cell as the facts tell it: rows and subjects, of all and of each part. */
interface Row {
  keys: readonly Key[];
  key: Cell['key'];
  sizes: readonly number[];
}

/** Of one group: whether it is told as a whole, and how many of its cells are not, within and outside what was asked. */
interface GroupSize {
  isWhole: boolean;
  hiddenIn: number;
  hiddenOut: number;
}

/** What whoever may not read is not told. */
export interface Withheld {
  /** Groups of which nothing is told. */
  groups: ReadonlySet<string>;
  /** Of measures that tell of a part of the rows: the groups of which they are not told. */
  ofPart: ReadonlyMap<string, ReadonlySet<string>>;
}

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
 * The groups that whoever may not read is not told. A filter or a window is nothing but a choice of cells of the same figure
 * split by it, so what is withheld is decided there: a group is told when it is made of cells that are told, or holds all
 * that are not of a group that is told as a whole. Questions that differ in filter or window then give no more away than
 * the cells do. Measures of a part of the rows are looked at for themselves.
 *
 * @returns undefined when there are too many to tell
 */
export async function findWithheld(
  planner: FigurePlanner,
  window: TimeSpan,
  ask: Ask,
): Promise<Withheld | undefined> {
  const cube = planner.cube(window);
  const { plan } = cube;
  if (plan.dimensions.length > DIMENSIONS_MAX) return undefined;
  const measures = Object.values(plan.figure.measures);
  const parts = [...new Set(measures.flatMap(({ of }) => of ?? []))];
  const sql = sizesSql(plan, parts, CELLS_MAX + 1);
  const found = await ask<Key[]>(sql, plan.statement.parameters);
  if (found.length > CELLS_MAX) return undefined;
  const rows = found.map((row) => rowOf(row, plan.dimensions.length));
  const groups = withheldOf(cube, rows, 0);
  const ofPart = new Map<string, ReadonlySet<string>>();
  for (const [i, part] of parts.entries()) {
    // each is some ten ms of work where the cube is large
    await setImmediate();
    ofPart.set(part, withheldOf(cube, rows, i + 1));
  }
  return { groups, ofPart };
}

/** The text of a key in the name of a cell: null is a value like others. */
export function keyText(key: Key): string {
  return key === null ? 'null' : `=${key}`;
}

/** @param part 0 for all rows */
function withheldOf(cube: Cube, rows: readonly Row[], part: number): Set<string> {
  const width = cube.plan.dimensions.length;
  const there = rows.filter(({ sizes }) => sizes[2 * part]! > 0);
  const cells = there.map(({ key, sizes }): Cell => ({ key, subjects: sizes[2 * part + 1]! }));
  const mask = cube.asked.reduce((bits, place) => bits | (1 << place), 0);
  const [fine, whole] = withholdBy(cells, width, [allOf(width), mask]) as [
    Set<string>,
    Set<string>,
  ];
  const groups = new Map<string, GroupSize>();
  for (const { key, keys } of there) {
    if (key.includes(undefined)) continue;
    const name = cellName(cube.asked.map((place) => key[place]));
    const ofMask = cellName(key.map((value, place) => (mask & (1 << place) ? value : undefined)));
    const group = groups.get(name) ?? { isWhole: !whole.has(ofMask), hiddenIn: 0, hiddenOut: 0 };
    groups.set(name, group);
    if (!fine.has(cellName(key))) continue;
    if (isChosen(cube, keys)) group.hiddenIn++;
    else group.hiddenOut++;
  }
  const isHidden = ({ isWhole, hiddenIn, hiddenOut }: GroupSize) =>
    hiddenIn > 0 && !(isWhole && hiddenOut === 0);
  return new Set([...groups].filter(([, group]) => isHidden(group)).map(([name]) => name));
}

/** Whether a cell is within window and filters. */
function isChosen({ limits, months }: Cube, keys: readonly Key[]): boolean {
  if (months) {
    const { place, from = -Infinity, to = Infinity } = months;
    const month = keys[place]!;
    if (month === null || Number(month) < from || Number(month) >= to) return false;
  }
  return limits.every(({ places, isIn }) => places.some((place) => isIn(keys[place])));
}

function rowOf(row: readonly Key[], width: number): Row {
  const keys = row.slice(0, width);
  const key = keys.map((value, i) => (row[width + i] === 1 ? undefined : keyText(value)));
  return { keys, key, sizes: row.slice(2 * width).map(Number) };
}
