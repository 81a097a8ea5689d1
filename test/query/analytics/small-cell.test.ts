import { describe, expect, it } from '@jest/globals';
import { determinedOf } from '../../../src/query/analytics/determined.js';
import {
  cellName,
  SUBJECTS_MIN,
  withholdCells,
  type Cell,
} from '../../../src/query/analytics/small-cell.js';
import fc, { tries } from '../../support/fast-check.js';

/** A claim of a patient, in one group of each dimension. */
interface Fact {
  patient: number;
  key: string[];
}

describe('small cells', () => {
  it('withholds nothing where every group has enough subjects', () => {
    expect(withholdCells(listed({ a: 11, b: 12 }), 1)).toEqual(new Set());
  });

  it('withholds a small group, and the next smallest with it', () => {
    const withheld = withholdCells(listed({ a: 40, b: 3, c: 15, d: 30 }), 1);
    expect(withheld).toEqual(new Set([cellName(['b']), cellName(['c'])]));
  });

  it('does not take two small groups for one large one: they may be the same people', () => {
    const withheld = withholdCells(listed({ a: 40, b: 7, c: 8, d: 30 }), 1);
    expect(withheld).toEqual(new Set([cellName(['b']), cellName(['c']), cellName(['d'])]));
  });

  it('withholds everything, the total too, of fewer than eleven in all', () => {
    const withheld = withholdCells(listed({ a: 4, b: 6 }), 1);
    expect(withheld).toEqual(new Set([cellName(['a']), cellName(['b']), cellName([undefined])]));
  });

  it('withholds ten and tells eleven', () => {
    expect(withholdCells(listed({ a: 10 }), 1).size).toBe(2);
    expect(withholdCells(listed({ a: 11 }), 1).size).toBe(0);
  });

  it('gives no small group away by what one, two or no dimensions tell together', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const answers = [[0, 1], [0], [1]].map((dimensions) => tell(all, dimensions));
        const total = all.length;
        const small = smallCellsOf(all);
        const given = attack(all, answers, total);
        for (const name of small) expect(given.has(name)).toBe(false);
      }),
      tries(300, 4),
    );
  });

  it('tells the same of a dimension whatever is asked beside it', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const cube = cubeOf(all, 2);
        const shuffled = withholdCells(cube.toReversed(), 2);
        expect(shuffled).toEqual(withholdCells(cube, 2));
      }),
      tries(100, 5),
    );
  });
});

describe('determined unknowns', () => {
  it('finds the bridge between two circles, which no single sum tells', () => {
    // two 2 x 2 blocks of withheld cells, and cell 8 in a row of one and a column of the other
    const rows = [
      [0, 1, 8],
      [2, 3],
      [4, 5],
      [6, 7],
    ];
    const columns = [
      [0, 2],
      [1, 3],
      [4, 6, 8],
      [5, 7],
    ];
    expect(determinedOf([...rows, ...columns], 9)).toEqual(new Set([8]));
  });

  it('finds none in a circle', () => {
    expect(
      determinedOf(
        [
          [0, 1],
          [2, 3],
          [0, 2],
          [1, 3],
        ],
        4,
      ).size,
    ).toBe(0);
  });

  it('agrees with exact fractions', () => {
    const sums = fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 6 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(sums, (equations) => {
        expect(determinedOf(equations, 6)).toEqual(new Set(exactlyDetermined(equations, 6)));
      }),
      tries(500, 6),
    );
  });
});

/** Many patients in few groups, some of them rare. */
const facts = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }), fc.nat(1_000_000))
  .chain(([rows, columns]) =>
    fc
      .array(
        fc.record({
          key: fc.tuple(fc.nat(rows - 1), fc.nat(columns - 1)),
          patients: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 11, max: 30 })),
          from: fc.nat(40),
        }),
        { minLength: 1, maxLength: 16 },
      )
      .map((cells) =>
        cells.flatMap(({ key: [row, column], patients, from }) =>
          Array.from({ length: patients }, (_, i): Fact => ({
            patient: from + i,
            key: [`r${row}`, `c${column}`],
          })),
        ),
      ),
  );

function listed(groups: Record<string, number>): Cell[] {
  const cells = Object.entries(groups).map(([key, subjects]) => ({ key: [key], subjects }));
  const subjects = cells.reduce((sum, cell) => sum + cell.subjects, 0);
  return [...cells, { key: [undefined], subjects }];
}

function cubeOf(all: Fact[], width: number): Cell[] {
  const cells = new Map<string, { key: Cell['key']; patients: Set<number> }>();
  for (const { patient, key } of all) {
    for (let mask = 0; mask < 2 ** width; mask++) {
      const part = key.slice(0, width).map((value, i) => (mask & (1 << i) ? value : undefined));
      const cell = cells.get(cellName(part)) ?? { key: part, patients: new Set<number>() };
      cells.set(cellName(part), cell);
      cell.patients.add(patient);
    }
  }
  return [...cells.values()].map(({ key, patients }) => ({ key, subjects: patients.size }));
}

/** How many claims each group has that is told, by its key in all dimensions. */
function tell(all: Fact[], dimensions: number[]): Map<string, number> {
  const facts = all.map(({ patient, key }) => ({ patient, key: dimensions.map((i) => key[i]!) }));
  const withheld = withholdCells(cubeOf(facts, dimensions.length), dimensions.length);
  const told = new Map<string, number>();
  if (withheld.has(cellName(dimensions.map(() => undefined)))) return told;
  for (const { key } of facts) {
    if (withheld.has(cellName(key))) continue;
    const whole = [undefined, undefined] as (string | undefined)[];
    dimensions.forEach((dimension, i) => (whole[dimension] = key[i]));
    told.set(cellName(whole), (told.get(cellName(whole)) ?? 0) + 1);
  }
  return told;
}

function smallCellsOf(all: Fact[]): Set<string> {
  const small = cubeOf(all, 2).filter(({ subjects }) => subjects < SUBJECTS_MIN);
  return new Set(small.map(({ key }) => cellName(key)));
}

/**
 * Everything that follows from the answers and the total: any cell, and any sum over a row or a column. Withheld groups
 * have no name in an answer, so what is withheld looks like what is not there: both are unknown.
 */
function attack(all: Fact[], answers: Map<string, number>[], total: number): Set<string> {
  const rows = [...new Set(all.map(({ key }) => key[0]!))];
  const columns = [...new Set(all.map(({ key }) => key[1]!))];
  const names = rows.flatMap((row) => columns.map((column) => cellName([row, column])));
  const covers = (name: string) => {
    const key = JSON.parse(name) as (string | null)[];
    return names.flatMap((each, i) => {
      const finest = JSON.parse(each) as string[];
      return key.every((value, d) => value === null || value === finest[d]) ? [i] : [];
    });
  };
  const known = answers.flatMap((answer) => [...answer.keys()].map(covers));
  if (total >= 0 && cubeOf(all, 0)[0]!.subjects >= SUBJECTS_MIN) known.push(names.map((_, i) => i));
  const given = new Set(exactlyDetermined(known, names.length).map((i) => names[i]!));
  // a margin follows when adding it as an equation adds nothing
  const rank = rankOf(known, names.length);
  for (const { key } of cubeOf(all, 2)) {
    const name = cellName(key);
    if (rankOf([...known, covers(name)], names.length) === rank) given.add(name);
  }
  return given;
}

type Fraction = [bigint, bigint];

/** Gauss over the rational numbers. */
function reduced(equations: number[][], count: number): Fraction[][] {
  const rows = equations.map((members) =>
    Array.from({ length: count }, (_, i): Fraction => [members.includes(i) ? 1n : 0n, 1n]),
  );
  let rank = 0;
  for (let column = 0; column < count; column++) {
    const found = rows.findIndex((row, i) => i >= rank && row[column]![0] !== 0n);
    if (found < 0) continue;
    [rows[rank], rows[found]] = [rows[found]!, rows[rank]!];
    const pivot = rows[rank]!;
    const head = pivot[column]!;
    rows[rank] = pivot.map(([n, d]) => simple(n * head[1], d * head[0]));
    rows.forEach((row, other) => {
      const [tn, td] = row[column]!;
      if (other === rank || tn === 0n) return;
      rows[other] = row.map(([n, d], i) => {
        const [pn, pd] = rows[rank]![i]!;
        return simple(n * td * pd - tn * pn * d, d * td * pd);
      });
    });
    rank++;
  }
  return rows.slice(0, rank);
}

function simple(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d < 0n ? -d : d];
  while (b) [a, b] = [b, a % b];
  const sign = d < 0n ? -1n : 1n;
  return a === 0n ? [0n, 1n] : [(sign * n) / a, (sign * d) / a];
}

const rankOf = (equations: number[][], count: number) => reduced(equations, count).length;

function exactlyDetermined(equations: number[][], count: number): number[] {
  return reduced(equations, count).flatMap((row) => {
    const places = row.flatMap(([n], i) => (n === 0n ? [] : [i]));
    return places.length === 1 ? places : [];
  });
}
