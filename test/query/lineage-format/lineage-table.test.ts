import { describe, expect, it } from '@jest/globals';
import {
  formatLineage,
  LINEAGE_FORMATS,
  lineageFormat,
} from '../../../src/query/lineage-format/format.js';
import type { ToldLineage } from '../../../src/query/lineage-format/told-lineage.js';
import { ANSWER, cid, edge, ITEM, record, TELLING, thing, told } from './told.js';
import fc from '../../support/fast-check.js';

function cellsOf(lineage: ToldLineage): string[][] {
  return parseCsv([...formatLineage('csv', lineage, TELLING)].join(''));
}

/** RFC 4180, as strictly as it is written. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let i = 0; i < text.length;) {
    let cell = '';
    if (text[i] === '"') {
      for (i++; !(text[i] === '"' && text[i + 1] !== '"'); i++) {
        if (text[i] === '"') i++;
        cell += text[i];
      }
      i++;
    } else while (i < text.length && text[i] !== ',' && text[i] !== '\r') cell += text[i++];
    row.push(cell);
    if (text[i] === ',') i++;
    else {
      expect(text.slice(i, i + 2)).toBe('\r\n');
      i += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe('lineage as CSV', () => {
  it('has a line a relation with both its ends, and one for each node without any', () => {
    const alone = record('alone', 'Patient');
    const [head, ...rows] = cellsOf({ ...ANSWER, nodes: [...ANSWER.nodes, alone] });
    expect(rows).toHaveLength(ANSWER.edges.length + 1);
    const first = Object.fromEntries(head!.map((name, i) => [name, rows[0]![i]]));
    expect(first).toMatchObject({
      from: cid('eob'),
      fromType: 'ExplanationOfBenefit',
      fromVersion: '2',
      relation: 'wasDerivedFrom',
      path: '/a',
      to: cid('claim'),
      toKind: 'RECORD',
      toType: 'Claim',
    });
    expect(rows.at(-1)![0]).toBe(alone.id);
  });

  it('runs nothing in a spreadsheet, and loses nothing, whatever names there are', () => {
    const name = fc.oneof(
      fc.constantFrom('=1+1', '+1', '-1', '@x', '\tx', '\rx', 'a"b', 'a,b', 'a\r\nb', "'x"),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(name, name, (from, to) => {
        const [, row] = cellsOf(
          told({ nodes: [thing('ITEM', from)], edges: [edge(from, 'used', to)] }),
        );
        for (const cell of row!) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        const undo = (cell: string) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
        expect(undo(row![0]!)).toBe(undo(from));
        expect(row!.map(undo)).toContain(undo(to));
      }),
      { seed: 45 },
    );
  });
});

describe('lineage as JSON lines', () => {
  it('has a line a node and an edge, and says last how complete it is', () => {
    const text = [...formatLineage('jsonl', ANSWER, TELLING)].join('');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, object>);
    expect(lines.filter(({ node }) => node).map(({ node }) => node)).toEqual(ANSWER.nodes);
    expect(lines.filter(({ edge: found }) => found).map(({ edge: found }) => found)).toEqual(
      ANSWER.edges,
    );
    expect(lines.at(-1)).toMatchObject({
      answer: {
        nodes: ANSWER.nodes.length,
        edges: ANSWER.edges.length,
        isComplete: false,
        reason: 'MAX_NODES',
        omitted: 3,
        position: 9,
      },
    });
  });
});

describe('the forms of lineage', () => {
  it('each have a media type and a file extension, and come in pieces', () => {
    const nodes = Array.from({ length: 50 }, (_, i) => record(`r${i}`, 'Claim'));
    for (const format of LINEAGE_FORMATS) {
      const { mediaType, extension } = lineageFormat(format);
      expect(`${mediaType} ${extension}`).toMatch(/^(application|text)\/\S+.* \w+$/);
      expect([...formatLineage(format, told({ nodes }), TELLING)].length).toBeGreaterThan(50);
    }
    expect(lineageFormat('csv').tellsExtent).toBe(false);
  });

  it('name a thing by its URI', () => {
    const text = [...formatLineage('csv', ANSWER, TELLING)].join('');
    expect(text).toContain(ITEM);
  });
});
