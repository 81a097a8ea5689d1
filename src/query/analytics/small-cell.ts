import { determinedOf } from './determined.js';

/**
 * Fewer subjects than this are not told to whoever may not read the records themselves: the rule of CMS for what is
 * published of Medicare data ("cell size suppression policy": no cell of 10 or less, and none that lets one be derived).
 */
export const SUBJECTS_MIN = 11;

/** Where more steps than this are needed, nobody works out whether one cell can be told from the others: nothing is shown. */
const AUDIT_STEPS_MAX = 5_000_000;

/** How often is mended before the same. */
const MENDS_MAX = 20;

/** A group of an answer, or of the same answer by fewer dimensions. */
export interface Cell {
  /** One value for each dimension; undefined where the cell is the sum over it. */
  key: readonly (string | undefined)[];
  /** How many distinct subjects stand behind it. */
  subjects: number;
}

/** The text by which a cell is known. */
export function cellName(key: Cell['key']): string {
  return JSON.stringify(key.map((value) => value ?? null));
}

/**
 * Which groups of an answer must not be told, with complementary suppression: neither the total nor the same question by
 * fewer dimensions, which anybody may ask as well, gives a withheld group away. Wherever groups add up, either none is
 * withheld or two are, and one of these has enough subjects by itself: two small groups may be the same people, so the
 * sum of their subjects says nothing. What is left over is checked by linear algebra.
 *
 * @param cells the whole cube: every group, and every sum over any of the dimensions
 * @param width how many dimensions there are
 * @returns the names of the finest cells that are withheld; of the total too when that must be
 */
export function withholdCells(cells: readonly Cell[], width: number): Set<string> {
  return withholdBy(cells, width, [allOf(width)])[0]!;
}

/** The same for the cells by some of the dimensions, bit by bit of each mask. */
export function withholdBy(
  cells: readonly Cell[],
  width: number,
  masks: readonly number[],
): Set<string>[] {
  const cube = new Cube(cells, width);
  const total = cube.at(0)[0];
  const isSmall = !total || total.subjects < SUBJECTS_MIN;
  return masks.map((mask) => {
    const withheld = new Set(cube.withheld(mask));
    if (isSmall && total) withheld.add(total.name);
    if (isSmall) for (const { name } of cube.at(mask)) withheld.add(name);
    return withheld;
  });
}

export const allOf = (width: number) => 2 ** width - 1;

/** Its name is asked for again and again. */
interface NamedCell extends Cell {
  name: string;
}

/** The cells by the dimensions they are split by: bit `i` of a mask stands for dimension `i`. */
class Cube {
  private readonly byMask = new Map<number, NamedCell[]>();
  private readonly decided = new Map<number, Set<string>>();

  constructor(
    cells: readonly Cell[],
    private readonly width: number,
  ) {
    for (const cell of cells) {
      this.at(maskOf(cell.key)).push({ ...cell, name: cellName(cell.key) });
    }
    for (const list of this.byMask.values()) list.sort(bySize);
  }

  at(mask: number): NamedCell[] {
    const list = this.byMask.get(mask) ?? [];
    this.byMask.set(mask, list);
    return list;
  }

  /** The same for the same mask, whatever is asked beside it: so that two answers do not tell together what none does. */
  withheld(mask: number): Set<string> {
    const known = this.decided.get(mask);
    if (known) return known;
    const decided = this.decide(mask);
    this.decided.set(mask, decided);
    return decided;
  }

  private decide(mask: number): Set<string> {
    const cells = this.at(mask);
    const small = cells.filter(({ subjects }) => subjects < SUBJECTS_MIN);
    const withheld = new Set(small.map(({ name }) => name));
    const margins = this.marginsOf(mask);
    for (let mends = 0, before = -1; before !== withheld.size;) {
      before = withheld.size;
      for (const margin of margins) complement(margin, withheld);
      if (before !== withheld.size) continue;
      const leak = isSingle(mask) ? undefined : findLeak(cells, margins, withheld);
      if (leak && leak !== 'TOO_MANY' && mends++ < MENDS_MAX) mend(leak, cells, margins, withheld);
      else if (leak) for (const { name } of cells) withheld.add(name);
    }
    return withheld;
  }

  /** What adds up to one cell by fewer dimensions. */
  private marginsOf(mask: number): Margin[] {
    const masks = Array.from({ length: mask }, (_, each) => each).filter(
      (each) => (each & mask) === each,
    );
    return masks.flatMap((each) => {
      const withheld = each === 0 ? new Set<string>() : this.withheld(each);
      const groups = Map.groupBy(this.at(mask), ({ key }) => cellName(keep(key, each, this.width)));
      return [...groups].map(([name, cells]) => ({ cells, isWithheld: withheld.has(name) }));
    });
  }
}

interface Margin {
  cells: NamedCell[];
  isWithheld: boolean;
}

/** Withholds another cell of a sum that would give one away. */
function complement({ cells, isWithheld }: Margin, withheld: Set<string>): void {
  const hidden = cells.filter(({ name }) => withheld.has(name));
  if (hidden.length === 0 && !isWithheld) return;
  if (hidden.length > 1 && hidden.some(({ subjects }) => subjects >= SUBJECTS_MIN)) return;
  // where the sum itself is withheld, one cell of those that make it up is enough
  if (hidden.length > 0 && isWithheld) return;
  const next = cells.find(({ name }) => !withheld.has(name));
  if (next) withheld.add(next.name);
}

/** A small cell that follows from circles of sums; TOO_MANY where nobody can tell. */
function findLeak(
  cells: readonly NamedCell[],
  margins: readonly Margin[],
  withheld: Set<string>,
): NamedCell | 'TOO_MANY' | undefined {
  const hidden = cells.filter(({ name }) => withheld.has(name));
  if (hidden.length === 0 || hidden.length === cells.length) return undefined;
  const places = new Map(hidden.map((cell, place) => [cell, place]));
  const known = margins.filter(({ isWithheld }) => !isWithheld);
  const equations = known
    .map((margin) => margin.cells.flatMap((cell) => places.get(cell) ?? []))
    .filter((each) => each.length > 0);
  const rank = Math.min(equations.length, hidden.length);
  if (rank * equations.length * hidden.length > AUDIT_STEPS_MAX) return 'TOO_MANY';
  const given = determinedOf(equations, hidden.length);
  return hidden.find(({ subjects }, place) => subjects < SUBJECTS_MIN && given.has(place));
}

/** The next smallest cell goes too: one that is summed up with the leak, if there is one. */
function mend(
  leak: NamedCell,
  cells: readonly NamedCell[],
  margins: readonly Margin[],
  withheld: Set<string>,
): void {
  const isShown = ({ name }: NamedCell) => !withheld.has(name);
  const beside = margins.filter((margin) => margin.cells.includes(leak));
  const next = beside.flatMap((margin) => margin.cells.filter(isShown)).sort(bySize)[0];
  const other = next ?? cells.find(isShown);
  if (other) withheld.add(other.name);
}

const isSingle = (mask: number) => (mask & (mask - 1)) === 0;

function maskOf(key: Cell['key']): number {
  return key.reduce((mask, value, place) => (value === undefined ? mask : mask | (1 << place)), 0);
}

function keep(key: Cell['key'], mask: number, width: number): Cell['key'] {
  return Array.from({ length: width }, (_, place) =>
    mask & (1 << place) ? key[place] : undefined,
  );
}

/** By size, then by name: the same cells are chosen however the rows come. */
function bySize(a: NamedCell, b: NamedCell): number {
  if (a.subjects !== b.subjects) return a.subjects - b.subjects;
  return a.name < b.name ? -1 : 1;
}
