import type { DuckDBConnection } from '@duckdb/node-api';
import { FactColumns, type Cell } from '../graph/fact/fact-columns.js';
import { followItem, type ItemCourse } from '../graph/fact/item-fold.js';
import { ITEM_STATUSES } from '../graph/fact/item-status.js';
import { ACTIONS } from '../graph/event/event-store.js';
import { PARTY } from '../record/cbv/known-term.js';
import type { TraceEvent } from '../graph/trace/trace-event.js';
import type { TermLookup } from '../graph/fact/term-lookup.js';
import { appendColumns } from './column-append.js';
import {
  AFFECTED,
  CHAPTERS,
  DERIVED_TABLES,
  EVENTS,
  HISTORY,
  INSIDE,
  KNOWN,
  PARTS,
  SLICE,
} from './item-sql.js';

/** Items worked out at once: their histories are in memory meanwhile. */
const SLICE_ITEMS = 20_000;

type Lookup = Pick<TermLookup, 'textOf' | 'idOf'>;

/**
 * Works out what follows from the histories of items that may be others now: what they were in, where they stayed, who had
 * them. Items that lived through the same events, as those of one case do, are followed once. Inside the caller's
 * transaction.
 *
 * @param rest called between slices
 */
export async function deriveItems(
  connection: DuckDBConnection,
  terms: Lookup,
  rest: () => Promise<void>,
): Promise<void> {
  await connection.run(AFFECTED);
  const counted = await connection.runAndReadAll('SELECT count(*) FROM affected');
  const items = Number(counted.getRows()[0]![0]);
  if (items === 0) return;
  for (const table of DERIVED_TABLES) {
    await connection.run(`DELETE FROM ${table} WHERE item IN (SELECT item FROM affected)`);
  }
  const slices = Math.ceil(items / SLICE_ITEMS);
  for (let slice = 0; slice < slices; slice++) {
    await deriveSlice(connection, terms, slices, slice);
    await rest();
  }
}

async function deriveSlice(
  connection: DuckDBConnection,
  terms: Lookup,
  slices: number,
  slice: number,
): Promise<void> {
  await connection.run(SLICE, [slices, slice]);
  await connection.run(INSIDE);
  await connection.run(HISTORY);
  await connection.run(CHAPTERS);
  await connection.run(KNOWN);
  const events = await readEvents(connection, terms);
  const parts = new Parts(terms);
  const chapters = await connection.run('SELECT id, entries FROM chapter');
  for (
    let chunk = await chapters.fetchChunk();
    chunk?.rowCount;
    chunk = await chapters.fetchChunk()
  ) {
    const [ids, lists] = chunk.getColumns() as [number[], { items: readonly bigint[] }[]];
    ids.forEach((id, i) => {
      const entries = lists[i]!.items.map(Number);
      parts.add(
        Number(id),
        followItem(entries, (seq) => events.get(seq)),
      );
    });
  }
  for (const { table, create, spread } of PARTS) {
    await connection.run(create);
    await appendColumns(connection, `part_${table}`, parts.of(table));
    await connection.run(spread);
  }
}

/** The events of the histories at hand, as a trace sees them; each is made once. */
async function readEvents(
  connection: DuckDBConnection,
  terms: Lookup,
): Promise<Map<number, TraceEvent>> {
  const events = new Map<number, TraceEvent>();
  const textOf = (id: number | null) => (id === null ? undefined : terms.textOf(id));
  const found = await connection.run(EVENTS);
  for (let chunk = await found.fetchChunk(); chunk?.rowCount; chunk = await found.fetchChunk()) {
    for (const row of chunk.getRows() as (number | bigint | null)[][]) {
      const cells = row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell));
      const [seq, time, recordTime, at, type, action, step, disposition, ...rest] = cells;
      const [readPoint, bizLocation, fromParty, toParty, fromOwner, toOwner] = rest;
      events.set(seq!, {
        ...{ seq: seq!, time: time!, recordTime: recordTime!, at: at!, type: terms.textOf(type!) },
        action: action === null ? undefined : ACTIONS[action!],
        bizStep: textOf(step!),
        disposition: textOf(disposition!),
        readPoint: textOf(readPoint!),
        bizLocation: textOf(bizLocation!),
        sources: partiesOf(textOf(fromParty!), textOf(fromOwner!)),
        destinations: partiesOf(textOf(toParty!), textOf(toOwner!)),
      });
    }
  }
  return events;
}

function partiesOf(possessor: string | undefined, owner: string | undefined) {
  return [
    ...(possessor === undefined ? [] : [{ type: PARTY.possessing_party, value: possessor }]),
    ...(owner === undefined ? [] : [{ type: PARTY.owning_party, value: owner }]),
  ];
}

/** Rows of each chapter of histories, before they are spread over the items that share it. */
class Parts {
  private readonly tables = {
    stay: new FactColumns(7),
    custody: new FactColumns(6),
    transfer: new FactColumns(7),
    life: new FactColumns(6),
  };

  constructor(private readonly terms: Lookup) {}

  of(table: keyof Parts['tables']): FactColumns {
    return this.tables[table];
  }

  add(chapter: number, { stays, holds, transfers, state }: ItemCourse): void {
    const { stay, custody, transfer, life } = this.tables;
    const id = (text: string | undefined): Cell => this.terms.idOf(text);
    for (const { place, site, since, until, opened, closed } of stays) {
      stay.add([chapter, id(place), id(site), since, until ?? null, opened, closed ?? null]);
    }
    for (const { custodian, since, until, opened, closed } of holds) {
      custody.add([chapter, id(custodian), since, until ?? null, opened, closed ?? null]);
    }
    for (const { sender, receiver, sent, received, sentSeq, receivedSeq } of transfers) {
      const times = [sent, received ?? null, sentSeq, receivedSeq ?? null];
      transfer.add([chapter, id(sender), id(receiver), ...times]);
    }
    const { status, site, custodian, since = 0, lastSeq = 0 } = state;
    const code = ITEM_STATUSES.indexOf(status);
    life.add([chapter, code, id(site), id(custodian), since, lastSeq]);
  }
}
