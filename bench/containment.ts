import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { product } from './product.ts';
import type { Bench } from './stage.ts';
import type { Extract } from '../src/record/draft.ts';

/** Taking packing events in, in the order in which they are captured: late and voided ones among them. */
export const containment: Bench = {
  rows: ['containment.update'],
  async run(stage) {
    const { Containment } = await product<typeof import('../src/graph/containment/containment.js')>(
      'graph/containment/containment.js',
    );
    const { SqliteContainmentStore } = await product<
      typeof import('../src/graph/containment/sqlite-store.js')
    >('graph/containment/sqlite-store.js');
    const { formatContainmentSchema } = await product<
      typeof import('../src/graph/containment/containment-schema.js')
    >('graph/containment/containment-schema.js');
    const movements = await listMovements(stage.quick ? 2_000 : 100_000);
    const database = new DatabaseSync(join(stage.directory, 'containment.sqlite'));
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      ${formatContainmentSchema('packing')}`);
    const engine = new Containment(new SqliteContainmentStore(database, 'packing'));
    const startedAt = performance.now();
    let moved = 0;
    for (let i = 0; i < movements.length; i += 500) {
      database.exec('BEGIN');
      moved += engine.apply(movements.slice(i, i + 500)).size;
      database.exec('COMMIT');
    }
    const ms = performance.now() - startedAt;
    database.close();
    const note = `${movements.length} movements, ${moved} changes of container; on disk, 500 a transaction`;
    stage.report('containment.update', ms / movements.length, 'ms', note);
  },
};

async function listMovements(count: number) {
  const { readDocument } =
    await product<typeof import('../src/record/document.js')>('record/document.js');
  const { formatMovements } = await product<typeof import('../src/graph/event/event-movement.js')>(
    'graph/event/event-movement.js',
  );
  const { generateSupply, formatLine } =
    await product<typeof import('../src/sample/supply/supply.js')>('sample/supply/supply.js');
  const ids = new Map<string, number>();
  const idOf = (text: string) => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  };
  const { events } = generateSupply({ seed: 2, events: count });
  const movements = [];
  let seq = 0;
  for (const event of events) {
    for (const draft of readDocument(formatLine(event))) {
      const { extract } = draft as { extract: Extract };
      if (!extract.event || extract.event.error) continue;
      const position = { time: extract.occurredAt!, recordTime: seq, seq: seq++ };
      const { type, event: facts } = extract;
      const { packing } = formatMovements({ type, facts, position, idOf });
      if (packing) movements.push(packing);
    }
  }
  return movements;
}
