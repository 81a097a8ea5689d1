import type { DatabaseSync } from 'node:sqlite';
import { edgesOf, layOut, type GraphPlan } from './graph-plan.ts';
import { product } from './product.ts';

const AT = Date.UTC(2026, 0, 1);
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Fills the product's own tables with a planned graph, straight: captured one by one, ten million edges would take an hour,
 * and what is asked here is how fast they are walked.
 *
 * @returns how many edges there are
 */
export async function fillGraph(path: string, plan: GraphPlan): Promise<number> {
  const { openForWriting } =
    await product<typeof import('../src/graph/index-file.js')>('graph/index-file.js');
  const database = openForWriting(path);
  database.exec('PRAGMA synchronous = OFF; DROP INDEX edge_back');
  const indexes = takeIndexes(database, 'record');
  const { size } = layOut(plan);
  fillWords(database);
  database.exec('BEGIN');
  await fillRecords(database, size);
  const edges = fillEdges(database, plan);
  database
    .prepare('UPDATE meta SET cursor = ?, at = ?, head = ?, records = ?, edges = ?')
    .run(size, AT + size, 'bench', size, edges);
  database.exec('COMMIT');
  database.exec('CREATE INDEX edge_back ON edge (dst, rel, src, path)');
  for (const sql of indexes) database.exec(sql);
  database.exec('ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return edges;
}

/** Drops a table's indexes: made at the end, they are made in one sweep. */
function takeIndexes(database: DatabaseSync, table: string): string[] {
  const found = database
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    )
    .all(table) as { name: string; sql: string }[];
  for (const { name } of found) database.exec(`DROP INDEX ${name}`);
  return found.map(({ sql }) => sql);
}

/** Term 1: the author; term 2: where the reference stands. Kinds 1 to 3. */
function fillWords(database: DatabaseSync): void {
  database.exec(`INSERT INTO term (id, text) VALUES (1, 'bench'), (2, '/item/0/encounter/0')`);
  database.exec(`INSERT INTO kind (id, class, type, count) VALUES
    (1, 'fhir.resource', 'Claim', 0), (2, 'fhir.resource', 'Encounter', 0), (3, 'fhir.resource', 'Observation', 0)`);
}

async function fillRecords(database: DatabaseSync, size: number): Promise<void> {
  const { keyOf } = await product<typeof import('../src/graph/name/name.js')>('graph/name/name.js');
  database.exec('CREATE TEMP TABLE key (key INTEGER, seq INTEGER)');
  const addKey = database.prepare('INSERT INTO key VALUES (?, ?)');
  const insert = database.prepare(`INSERT INTO record
    (seq, at, time, kind, author, state, ver, size, media, origin, until, latest, occurred, record_cid)
    VALUES (?, ?, ?, ?, 1, 0, 1, 1024, NULL, ?, NULL, ?, ?, ?)`);
  const spell = database.prepare(`INSERT INTO spelling
    (seq, rid, statement_cid, entry_cid, aliases, identifiers) VALUES (?, ?, ?, ?, '[]', '[]')`);
  for (let seq = 0; seq < size; seq++) {
    const time = AT + seq;
    const [record, statement, entry] = ['r', 's', 'e'].map((kind, i) =>
      standIn(kind, seq * 3 + i),
    ) as [string, string, string];
    insert.run(seq, time, time, (seq % 3) + 1, seq, seq, time, record);
    spell.run(seq, `rid-${seq}`, statement, entry);
    addKey.run(keyOf('cid', record), seq);
  }
  database.exec('INSERT INTO name SELECT key, seq FROM key ORDER BY key, seq; DROP TABLE key');
}

function fillEdges(database: DatabaseSync, plan: GraphPlan): number {
  const insert = database.prepare('INSERT INTO edge (src, rel, dst, path) VALUES (?, 0, ?, 2)');
  let count = 0;
  for (const [src, dsts] of edgesOf(plan)) {
    for (const dst of dsts) insert.run(src, dst);
    count += dsts.length;
  }
  return count;
}

/** As long and as scattered as a real CID; nothing is behind it. */
function standIn(kind: string, number: number): string {
  let text = `baguqeera${kind}`;
  for (let word = number + 1; text.length < 61;) {
    word = Math.imul(word ^ (word >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    for (let bits = word >>> 0, i = 0; i < 6; i++, bits >>>= 5) text += ALPHABET[bits & 31]!;
  }
  return text.slice(0, 61);
}
