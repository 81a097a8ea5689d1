import type { Role } from '../access/viewer.js';
import type { App } from '../app.js';
import { traceItem } from '../query/item.js';
import { Reader } from '../query/reader.js';
import { formatReport } from '../query/trace-report.js';
import { localViewer } from './access.js';
import { roomsOf } from './node.js';
import type { TraceAsker } from './trace-answer.js';

/** Asks an open node, once its index knows all of its log. */
export async function localTrace(app: App, role: Role): Promise<TraceAsker> {
  await app.follower.caughtUp(app.ledger.head().size);
  return async ({ epc, asOf, knownAt }) => {
    const reader = new Reader(roomsOf(app), localViewer(app.description, role));
    const moment = asOf === undefined ? {} : { asOf: Date.parse(asOf) };
    const item = await traceItem(reader, { epc, knownAt, ...moment });
    return item && formatReport(reader, item);
  };
}
