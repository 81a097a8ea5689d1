// A node that first proves it still has the datasets acknowledged before, then captures datasets until it is killed.
// argv: data directory, "between" to die after the list of sources is on disk and before the statement is appended.
// stdin: one JSON line, the receipts to look for. stdout: {checked}, then {acked: {seq, recordCid}} a line.
import { writeSync } from 'node:fs';
import module from 'node:module';
import { text } from 'node:stream/consumers';

module.enableCompileCache?.();
const { App } = await import('../../dist/app.js');
const { readConfig } = await import('../../dist/config.js');
const { captureDataset } = await import('../../dist/capture/dataset.js');

const SOURCES = 5_000;
const [dataDirectory, moment] = process.argv.slice(2);
const acknowledged = JSON.parse(await text(process.stdin));
const config = readConfig({ dataDirectory, logLevel: 'error', threads: true }, {});
const app = await App.open(config);
const say = (message) => writeSync(1, `${JSON.stringify(message)}\n`);

await app.follower.caughtUp(app.ledger.head().size);
for (const { recordCid } of acknowledged) {
  const { edges } = await app.graph.read.edgesOf(recordCid, 'UPSTREAM', { first: SOURCES + 2 });
  const sources = edges.filter(({ path }) => path === '/sources');
  if (sources.length !== SOURCES) throw new Error(`${sources.length} sources are left`);
}

const statements = [];
const { size } = app.ledger.head();
if (size === 1) {
  const documents = Array.from({ length: SOURCES }, (_, n) => ({
    text: JSON.stringify({ resourceType: 'Patient', id: `p-${n}`, gender: 'other' }),
  }));
  await app.capture.capture({ documents, mode: 'proceed' });
}
await app.follower.caughtUp(app.ledger.head().size);
const seqs = Array.from({ length: SOURCES }, (_, n) => n + 1);
for (const node of await app.graph.read.recordsBySeq(seqs)) statements.push(node.statementCid);
say({ checked: acknowledged.length });

// another order each time, so that each list has blocks of its own
const capture = (rooms, n) => {
  const turn = n % SOURCES;
  const sources = [...statements.slice(turn), ...statements.slice(0, turn)];
  const description = { type: 'Dataset', id: `d-${process.pid}-${n}`, name: 'x' };
  return captureDataset(rooms, { text: JSON.stringify(description), sources });
};
if (moment === 'between') {
  const die = { capture: () => process.kill(process.pid, 'SIGKILL') };
  await capture({ archive: app.archive, capture: die }, process.pid);
}
for (let n = 0; ; n++) {
  const { seq, recordCid } = await capture(app, process.pid + n);
  say({ acked: { seq, recordCid } });
}
