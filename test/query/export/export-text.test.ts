import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../src/error.js';
import type { ExportColumn, ExportRow } from '../../../src/query/export/export-row.js';
import {
  formatCsv,
  formatJsonLines,
  type WritableRows,
} from '../../../src/query/export/export-text.js';
import fc from '../../support/fast-check.js';

const COLUMNS: ExportColumn[] = [
  { name: 'n', kind: 'integer' },
  { name: 'text', kind: 'text' },
  { name: 'at', kind: 'time' },
  { name: 'amount', kind: 'decimal' },
  { name: 'isTrue', kind: 'boolean' },
  { name: 'list', kind: 'json' },
];

const END = {
  ...{ what: 'records', isComplete: true, reason: null },
  ...{ rows: 1, position: 7, redacted: 0, cursor: null },
};

function rowsOf(pages: ExportRow[][], failure?: AppError): WritableRows {
  return {
    columns: COLUMNS,
    end: END,
    async *pages() {
      yield* pages.map((page) => [...page]);
    },
    checkWhole() {
      if (failure) throw failure;
    },
  };
}

async function gather(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const row: fc.Arbitrary<ExportRow> = fc.tuple(
  orNull(fc.maxSafeInteger()),
  orNull(fc.string({ unit: 'binary' })),
  orNull(fc.integer({ min: 0, max: 4_000_000_000_000 })),
  orNull(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((cents) => (cents / 100).toFixed(2))),
  orNull(fc.boolean()),
  orNull(fc.json()),
);

/** RFC 4180, as a reader of its own. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r\n)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, value = '', end] = match;
    rows.at(-1)!.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\r\n') rows.push([]);
    if (cell.lastIndex === text.length) break;
  }
  return rows.slice(0, -1);
}

describe('JSON lines', () => {
  it('hold every value as it is, a line a row, and the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(row, { maxLength: 5 }), { maxLength: 5 }),
        async (pages) => {
          const text = await gather(formatJsonLines(rowsOf(pages)));
          const lines = text.slice(0, -1).split('\n');
          const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
          expect(read.pop()).toEqual({ export: END });
          const expected = pages.flat().map(([n, words, at, amount, isTrue, list]) => ({
            n,
            text: words,
            at: at === null ? null : new Date(at as number).toISOString(),
            amount: amount === null ? null : Number(amount),
            isTrue,
            list: list === null ? null : (JSON.parse(list as string) as unknown),
          }));
          // JSON has no other zero
          expect(JSON.stringify(read)).toBe(JSON.stringify(expected));
        },
      ),
      { numRuns: 50, seed: 2 },
    );
  });

  it('keep the spelling of numbers and of JSON', async () => {
    const page = [[1, 'a', 0, '75.50', true, '{"value":26.0}'] as const];
    const [line] = (await gather(formatJsonLines(rowsOf([page])))).split('\n');
    expect(line).toContain('"amount":75.50,');
    expect(line).toContain('"list":{"value":26.0}');
  });
});

describe('CSV', () => {
  it('holds every value; text that would run has a quote in front', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (page) => {
        const [head, ...read] = parseCsv(await gather(formatCsv(rowsOf([page]))));
        expect(head).toEqual(COLUMNS.map(({ name }) => name));
        const defused = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
        expect(read).toEqual(
          page.map(([n, words, at, amount, isTrue, list]) => [
            ...[n === null ? '' : String(n), defused((words as string | null) ?? '')],
            at === null ? '' : new Date(at as number).toISOString(),
            amount === null ? '' : String(Number(amount)),
            ...[isTrue === null ? '' : String(isTrue), defused((list as string | null) ?? '')],
          ]),
        );
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('writes an amount below zero as a number, and one of too many digits as it is', async () => {
    const pages = [
      [[-1, '-1', null, '-12.50', null, null]],
      [[0, '', null, '99999999999999.9999', null, null]],
    ];
    const lines = (await gather(formatCsv(rowsOf(pages)))).split('\r\n');
    expect(lines[1]).toBe("-1,'-1,,-12.5,,");
    expect(lines[2]).toBe('0,,,99999999999999.9999,,');
  });

  it('breaks off where the export was cut', async () => {
    const failure = new AppError('DEADLINE', 'late');
    const rows = rowsOf([[[1, 'a', 0, '1.00', true, null]]], failure);
    await expect(gather(formatCsv(rows))).rejects.toBe(failure);
  });
});
