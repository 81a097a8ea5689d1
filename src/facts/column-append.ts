import {
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBTypeId,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Cell, FactColumns } from '../graph/fact/fact-columns.js';

/** The most rows a chunk can hold. */
const CHUNK_ROWS = 2_048;

type Convert = (cell: Cell) => DuckDBValue;

/**
 * Appends whole columns to a table, inside the connection's transaction. Numbers of DECIMAL columns are in their last digit:
 * 12345 in a DECIMAL(18, 4) is 1.2345.
 */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  { columns, size }: Pick<FactColumns, 'columns' | 'size'>,
): Promise<void> {
  if (size === 0) return;
  const appender = await connection.createAppender(table);
  try {
    const types = columns.map((_, i) => appender.columnType(i));
    for (let from = 0; from < size; from += CHUNK_ROWS) {
      const to = Math.min(from + CHUNK_ROWS, size);
      const chunk = DuckDBDataChunk.create(types, to - from);
      columns.forEach((cells, i) => {
        const slice = cells.slice(from, to);
        const toValue = converterFor(types[i]!);
        chunk.setColumnValues(i, toValue ? slice.map(toValue) : slice);
      });
      appender.appendDataChunk(chunk);
    }
  } finally {
    appender.closeSync();
  }
}

/** For cells that are not values of DuckDB's as they are. */
function converterFor(type: DuckDBType): Convert | undefined {
  if (type.typeId === DuckDBTypeId.BIGINT) return (cell) => (cell === null ? null : BigInt(cell));
  if (type.typeId !== DuckDBTypeId.DECIMAL) return undefined;
  const { width, scale } = type as unknown as { width: number; scale: number };
  return (cell) => (cell === null ? null : new DuckDBDecimalValue(BigInt(cell), width, scale));
}
