import { it } from '@jest/globals';
import { AlertWriter } from '../../../src/graph/alert/alert-writer.js';
import { AlertNotes } from '../../../src/graph/alert/alert-notes.js';
import { Reach } from '../../../src/graph/alert/reach.js';
import { OwnReader } from '../../../src/graph/alert/own-reader.js';
import { Examiner } from '../../../src/graph/alert/examiner.js';
import { BeginningTable } from '../../../src/graph/alert/beginning-table.js';
import { ContentsReader } from '../../../src/graph/alert/contents-reader.js';
import { InheritedReader } from '../../../src/graph/alert/inherited-reader.js';
import { PackingFacts } from '../../../src/graph/alert/packing-facts.js';
import { AlertTable } from '../../../src/graph/alert/alert-table.js';
import { WatchTable } from '../../../src/graph/alert/watch-table.js';
import { ErrandTable } from '../../../src/graph/alert/errand-table.js';
import { DirtyTable } from '../../../src/graph/alert/dirty-table.js';
import { GraphWriter } from '../../../src/graph/graph-writer.js';
import { EventCache } from '../../../src/graph/alert/event-cache.js';
import { readDocument } from '../../../src/record/document.js';
import { isProblem, type Extract, type RecordClass } from '../../../src/record/draft.js';
import { extractContent } from '../../../src/record/extract.js';
import { formatLine, generateSupply } from '../../../src/sample/supply/supply.js';
import { LogBuilder } from '../log-builder.js';
import { AlertIndex } from './alert-log.js';

const times: Record<string, [number, number]> = {};
function wrap(cls: any, name: string) {
  const f = cls.prototype[name];
  const key = `${cls.name}.${name}`;
  cls.prototype[name] = function (...a: any[]) {
    const t = performance.now();
    try { return f.apply(this, a); } finally { const x = (times[key] ??= [0, 0]); x[0] += performance.now() - t; x[1]++; }
  };
}
const counts: Record<string, number> = {};
const per = new Map<string, number>();
{
  const add = (DirtyTable.prototype as any).write;
  (DirtyTable.prototype as any).write = function (rows: any[]) {
    const cause = new Error().stack!.split('\n').slice(2, 5).map((l) => l.trim().split(' ')[1]).join('<');
    counts[cause] = (counts[cause] ?? 0) + rows.length;
    return add.call(this, rows);
  };
  const ex = (Examiner.prototype as any).examine;
  (Examiner.prototype as any).examine = function (d: any, w: any) {
    const key = d.history.epc.slice(0, 24);
    per.set(key, (per.get(key) ?? 0) + 1);
    return ex.call(this, d, w);
  };
}
it('perf', () => {
  for (const [c, ...n] of [[AlertWriter, 'settle'], [AlertNotes, 'note'], [Reach, 'spread', 'outwards', 'tellReaders', 'tell'], [OwnReader, 'load'], [Examiner, 'examine'], [BeginningTable, 'update'], [ContentsReader, 'findArrival', 'classesAt'], [InheritedReader, 'load'], [PackingFacts, 'stays', 'reparentings'], [AlertTable, 'load', 'replace'], [WatchTable, 'replace'], [ErrandTable, 'step'], [GraphWriter, 'apply'], [EventCache, 'load'], [DirtyTable, 'pending', 'list', 'remove']] as any[]) for (const m of n) wrap(c, m);
  const supply = generateSupply({ seed: 5, events: Number(process.env['N'] ?? 10000) });
  const log = new LogBuilder(Date.UTC(2026, 0, 1));
  const add = (c: RecordClass, extract: Extract) => log.add(`${log.rows.length}`, { class: c, mediaType: 'application/ld+json', extract });
  for (const d of readDocument(JSON.stringify(supply.masterData))) if (!isProblem(d)) add(d.class, d.extract);
  for (const e of supply.events) add('epcis.event', extractContent(formatLine(e), 'application/ld+json'));
  const index = new AlertIndex(log, Number(process.env['B'] ?? 1000));
  console.log(Object.entries(times).sort((a, b) => b[1][0] - a[1][0]).map(([k, [t, n]]) => `${k} ${t.toFixed(0)}ms ${n} ${(t / n * 1000).toFixed(1)}us`).join('\n'));
  console.log(JSON.stringify(counts, null, 1), [...per].sort((a, b) => b[1] - a[1]).slice(0, 20));
  const c = (q: string) => JSON.stringify(index.database.prepare(q).get());
  console.log(c('select count(*) from watch'), c('select count(*) from reading'), c('select count(*) from beginning'), c('select count(*), max(id) from alert'), c('select count(distinct what) from mention where role<=4'));
  index.close();
}, 600000);
