/** Largest prime below 2^26: products of two residues are exact in a double. */
const PRIME = 67_108_859;

/**
 * Which unknowns follow from sums of them that are known. By Gauss and Jordan over a prime field: what is determined over
 * the rational numbers is determined here too, unless the prime divides a determinant; sums of 0 and 1 that small do not
 * reach it.
 *
 * @param equations the unknowns, by number, that each known sum is of
 * @param count how many unknowns there are
 */
export function determinedOf(
  equations: readonly (readonly number[])[],
  count: number,
): Set<number> {
  const rows = equations.filter((row) => row.length > 0).map((row) => toRow(row, count));
  let rank = 0;
  const pivots: number[] = [];
  for (let column = 0; column < count && rank < rows.length; column++) {
    const found = rows.findIndex((row, i) => i >= rank && row[column] !== 0);
    if (found < 0) continue;
    [rows[rank], rows[found]] = [rows[found]!, rows[rank]!];
    reduce(rows, rank, column);
    pivots[rank++] = column;
  }
  const isAlone = (row: Float64Array) => row.reduce((sum, value) => sum + (value ? 1 : 0), 0) === 1;
  return new Set(pivots.filter((_, i) => isAlone(rows[i]!)));
}

function toRow(members: readonly number[], count: number): Float64Array {
  const row = new Float64Array(count);
  for (const member of members) row[member] = 1;
  return row;
}

function reduce(rows: Float64Array[], rank: number, column: number): void {
  const pivot = rows[rank]!;
  const factor = inverse(pivot[column]!);
  for (let i = column; i < pivot.length; i++) pivot[i] = (pivot[i]! * factor) % PRIME;
  rows.forEach((row, other) => {
    const times = row[column]!;
    if (other === rank || times === 0) return;
    for (let i = column; i < row.length; i++) {
      row[i] = (row[i]! + (PRIME - times) * pivot[i]!) % PRIME;
    }
  });
}

/** By Fermat. */
function inverse(value: number): number {
  let result = 1;
  let power = value;
  for (let rest = PRIME - 2; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * power) % PRIME;
    power = (power * power) % PRIME;
  }
  return result;
}
