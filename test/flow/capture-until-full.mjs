// Captures until the store says it is full, then once more, and tells what was acknowledged.
// argv: data directory. stdout: {outcomes, acked}.
import { App } from '../../dist/app.js';
import { readConfig } from '../../dist/config.js';

const [dataDirectory] = process.argv.slice(2);
const app = await App.open(readConfig({ dataDirectory, logLevel: 'silent' }, {}));
const acked = [];
const outcomes = {};
let n = 0;

async function captureSome(size) {
  const documents = Array.from({ length: size }, () => ({
    text: JSON.stringify({ resourceType: 'Patient', id: `p-${n++}`, gender: 'other' }),
  }));
  const outcome = await app.capture.capture({ documents, mode: 'proceed' }).then(
    ({ receipts }) => {
      acked.push(...receipts.map(({ seq, recordCid }) => ({ seq, recordCid })));
      return 'ok';
    },
    ({ code, retryable }) => `${code} ${retryable}`,
  );
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return outcome;
}

while ((await captureSome(200)) === 'ok' && n < 20_000);
await captureSome(1);
await app.close();
console.log(JSON.stringify({ outcomes, acked }));
