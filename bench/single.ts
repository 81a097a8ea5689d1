import { captured } from './capture.ts';
import { closedLoop } from './http.ts';
import { percentile, perSecond, timed } from './measure.ts';
import { Node } from './node.ts';
import { formatVisit } from './visit.ts';
import type { Bench } from './stage.ts';

const CONNECTIONS = 32;
const MUTATION = `mutation Capture($input: CaptureInput!) {
  capture(input: $input) { receipts { cid seq state } userErrors { code message } }
}`;

interface Answer {
  capture: { receipts: { state: string }[]; userErrors: unknown[] };
}

/** Everyday capture: one record a request, published before it is answered, from many callers at a time. */
export const single: Bench = {
  rows: ['capture.single.p50', 'capture.single.p95'],
  async run(stage) {
    const { directory } = await captured(stage);
    const node = await Node.start(stage, directory, CONNECTIONS);
    const count = stage.quick ? 500 : 8_000;
    const records = makeRecords(count + CONNECTIONS * 10);
    const send = async (index: number) => {
      const input = { documents: [{ content: records[index]! }] };
      const { capture } = await node.client.graphql<Answer>(MUTATION, { input });
      if (capture.receipts.length !== 1) throw new Error(JSON.stringify(capture.userErrors));
    };
    await closedLoop(CONNECTIONS * 10, CONNECTIONS, (index) => send(count + index));
    const { value: samples, ms } = await timed(() => closedLoop(count, CONNECTIONS, send));
    await node.stop();
    const rate = Math.round(perSecond(count, ms));
    const note = `GraphQL mutation, one record, PUBLISHED, ${CONNECTIONS} connections, ${rate} requests/s`;
    stage.report('capture.single.p50', percentile(samples, 0.5), 'ms', note);
    stage.report('capture.single.p95', percentile(samples, 0.95), 'ms', `of ${count} requests`);
  },
};

/** Visits of patients that the bulk run did not have. */
function makeRecords(count: number): string[] {
  const records: string[] = [];
  for (let patient = 1_000_000; records.length < count; patient++) {
    records.push(...formatVisit({ patient, ordinal: 0 }));
  }
  return records;
}
