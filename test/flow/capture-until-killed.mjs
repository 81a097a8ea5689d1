// A node that first proves it still has what was acknowledged before, then captures until it is killed.
// argv: data directory. stdin: one JSON line, the acknowledged receipts to look for.
// stdout, one JSON object a line: {checked}, then {acked: [{seq, recordCid}]} for each finished call.
import { writeSync } from 'node:fs';
import module from 'node:module';
import { text } from 'node:stream/consumers';

module.enableCompileCache?.();
const { App } = await import('../../dist/app.js');
const { readConfig } = await import('../../dist/config.js');
const { decodeEntry } = await import('../../dist/ledger/entry.js');
const { decodeStatement } = await import('../../dist/ledger/statement.js');

const [dataDirectory] = process.argv.slice(2);
const acknowledged = JSON.parse(await text(process.stdin));
const config = readConfig({ dataDirectory, logLevel: 'error', threads: true }, {});
const app = await App.open(config);
const say = (message) => writeSync(1, `${JSON.stringify(message)}\n`);

await app.follower.caughtUp(app.ledger.head().size);
const nodes = await app.graph.read.recordsByCid(acknowledged.map(({ recordCid }) => recordCid));
for (const [i, { seq, recordCid }] of acknowledged.entries()) {
  const { statement } = decodeEntry(await app.ledger.entry(seq));
  if (decodeStatement(statement).record !== recordCid) throw new Error(`entry ${seq} is another`);
  await app.archive.getBytes(recordCid);
  if (nodes[i]?.seq !== seq) throw new Error(`entry ${seq} is not indexed`);
}
say({ checked: acknowledged.length });

const buildPatient = (n) =>
  JSON.stringify({ resourceType: 'Patient', id: `p-${process.pid}-${n}`, gender: 'other' });

let n = 0;
async function captureForever(size) {
  for (;;) {
    const documents = Array.from({ length: size }, () => ({ text: buildPatient(n++) }));
    const { receipts } = await app.capture.capture({ documents, mode: 'proceed' });
    say({ acked: receipts.map(({ seq, recordCid }) => ({ seq, recordCid })) });
  }
}
await Promise.all([captureForever(1), captureForever(3), captureForever(40)]);
