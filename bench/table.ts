/** One measured figure. `value` is null when it could not be measured; the note then says why. */
export interface Row {
  row: string;
  value: number | null;
  unit: string;
  note: string;
}

/** All rows of one run as one table, figures aligned right. */
export function formatTable(rows: Row[]): string {
  const cells = rows.map(({ row, value, unit, note }) => [row, formatValue(value), unit, note]);
  const table = [['row', 'value', 'unit', 'note'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((line) => line[column]!.length)));
  return table
    .map(([row, value, unit, note]) =>
      [row!.padEnd(widths[0]!), value!.padStart(widths[1]!), unit!.padEnd(widths[2]!), note]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatValue(value: number | null): string {
  if (value === null) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
