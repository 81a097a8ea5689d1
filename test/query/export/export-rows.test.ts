import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../../src/access/viewer.js';
import type { Rooms } from '../../../src/api/rooms.js';
import type { App } from '../../../src/app.js';
import { roomsOf } from '../../../src/cli/node.js';
import { AppError } from '../../../src/error.js';
import { ExportRows } from '../../../src/query/export/export-rows.js';
import { formatText } from '../../../src/query/export/export-format.js';
import { buildObservation } from '../../support/build-record.js';
import { startApp } from '../../support/start-app.js';
import { tempDirectory } from '../../support/temp-directory.js';

const root = tempDirectory();
const viewer: Viewer = {
  subject: 'dr-1',
  organisation: 'hospital-a',
  role: 'clinician',
  scopes: ['read'],
};
const RECORDS = 3_300;
let app: App;
let rooms: Rooms;
let read: number[];

beforeAll(async () => {
  app = await startApp(root);
  await capture(0, RECORDS);
  rooms = roomsOf(app);
  const { ledger } = rooms;
  const entry = ledger.entry.bind(ledger);
  ledger.entry = (seq) => {
    read.push(seq);
    return entry(seq);
  };
});
afterAll(() => app.close());

async function capture(from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n += 1_000) {
    const length = Math.min(1_000, from + count - n);
    const documents = Array.from({ length }, (_, i) => ({
      text: buildObservation(n + i),
      mediaType: 'application/fhir+json',
    }));
    await app.capture.capture({ documents, mode: 'proceed', waitFor: 'INDEXED' });
  }
}

const open = (parameters: Record<string, string[]> = {}, signal?: AbortSignal) => {
  read = [];
  return ExportRows.open({ rooms, viewer, signal }, { what: 'entries', parameters });
};

describe('the rows of an export', () => {
  it('are read no further than they are taken', async () => {
    const text = formatText(await open(), 'jsonl');
    await text.next();
    expect(read).toHaveLength(1_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(read).toHaveLength(1_000);
    await text.next();
    expect(read).toHaveLength(2_000);
    await text.return(undefined);
    expect(read).toHaveLength(2_000);
  });

  it('are all there once they are all taken, each once', async () => {
    const rows = await open();
    const seqs: unknown[] = [];
    for await (const page of rows.pages()) seqs.push(...page.map(([seq]) => seq));
    expect(seqs).toEqual(Array.from({ length: RECORDS + 1 }, (_, seq) => seq));
    expect(rows.end).toMatchObject({ isComplete: true, rows: RECORDS + 1, cursor: null });
  });

  it('know nothing of what came while they were read', async () => {
    const rows = await open();
    const pages = rows.pages();
    await pages.next();
    await capture(100_000, 10);
    let count = 1_000;
    for await (const page of pages) count += page.length;
    expect(count).toBe(RECORDS + 1);
    expect(rows.end).toMatchObject({ isComplete: true, position: RECORDS });
  });

  it('end early with the reason of the signal, and go on where they ended', async () => {
    const stop = new AbortController();
    const rows = await open({ knownAt: [String(RECORDS)] }, stop.signal);
    const pages = rows.pages();
    await pages.next();
    stop.abort(new AppError('SHUTTING_DOWN', 'down'));
    expect(await pages.next()).toMatchObject({ done: true });
    const { cursor, ...end } = rows.end;
    expect(end).toMatchObject({ isComplete: false, reason: 'SHUTTING_DOWN', rows: 1_000 });
    expect(() => rows.checkWhole()).toThrow('down');
    const rest = await open({ knownAt: [String(RECORDS)], after: [cursor!] });
    let count = 1_000;
    for await (const page of rest.pages()) count += page.length;
    expect(count).toBe(RECORDS + 1);
    expect(rest.end).toMatchObject({ isComplete: true, rows: RECORDS + 1, position: RECORDS });
  });

  it('pass on what is no expected failure', async () => {
    const { ledger } = rooms;
    const known = ledger.entry;
    const rows = await open();
    const pages = rows.pages();
    await pages.next();
    ledger.entry = () => Promise.reject(new TypeError('a fault'));
    await expect(pages.next()).rejects.toThrow(TypeError);
    ledger.entry = known;
  });
});
