import {
  BIGINT,
  DOUBLE,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { FactValue } from './facts-reader.js';

/** A parameter as DuckDB takes it; lists have to say of what they are, for an empty one does not show it. */
export function toParameter(value: FactValue): { value: DuckDBValue; type?: DuckDBType } {
  if (typeof value === 'number' && Number.isInteger(value) && !isInt32(value)) {
    return { value: BigInt(value), type: BIGINT };
  }
  if (!Array.isArray(value)) return { value: value as DuckDBValue };
  const list = value as readonly (number | string)[];
  if (list.some((item) => typeof item === 'string')) {
    return { value: listValue(list), type: LIST(VARCHAR) };
  }
  const numbers = list as readonly number[];
  if (numbers.every(isInt32)) return { value: listValue(numbers), type: LIST(INTEGER) };
  if (numbers.every(Number.isInteger)) {
    return { value: listValue(numbers.map(BigInt)), type: LIST(BIGINT) };
  }
  return { value: listValue(numbers), type: LIST(DOUBLE) };
}

/** A value as the rest of the program has them: see FactsReader.query. */
export function fromValue(value: DuckDBValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if ('items' in value) return value.items.map(fromValue);
  if ('scale' in value) return String(value);
  if ('micros' in value) return Number(value.micros) / 1_000;
  if ('days' in value && !('months' in value)) return value.days * 86_400_000;
  return String(value);
}

function isInt32(value: number | string): boolean {
  return typeof value === 'number' && (value | 0) === value;
}
