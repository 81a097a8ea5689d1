import { ask, type RemoteNode } from './ask.js';
import { DispensedDocument } from './gql/graphql.js';
import type { Output } from './output.js';
import { askRecall } from './recall-answer.js';
import { remoteTrace } from './remote-trace.js';
import { formatTraceTable } from './trace-table.js';

/** Lines of a trace worth showing to whoever sees one for the first time. */
const HISTORY_LINES_MAX = 24;

/** Shows where a pack that a patient has got had been, and where the others of its lot are. */
export async function showPack(output: Output, node: RemoteNode): Promise<object | null> {
  const { events } = await ask(node, DispensedDocument, {});
  const epc = events.nodes[0]?.epcList?.epcs[0];
  const report = epc === undefined ? null : await remoteTrace(node)({ epc });
  if (!report) {
    output.tell(
      '   So few records hold no dispensed pack yet; ask for some hundred: --records 300',
    );
    return null;
  }
  const lines = formatTraceTable(report);
  for (const line of lines.slice(0, HISTORY_LINES_MAX)) output.tell(`   ${line}`);
  output.tell(
    '   What happened to its case and its pallet is part of it, for as long as it was inside.',
  );
  const { lot } = report;
  if (lot === null) return { epc: report.epc, events: report.history.length };
  const { counts, reached } = await askRecall(node, { lot });
  const where = `${counts.dispensed} dispensed, ${counts.atSite} at a site, ${counts.inTransit} under way`;
  output.tell(`   If its lot ${lot} were recalled: ${counts.total} units, ${where}.`);
  const { patients, dispensings, claims } = reached;
  output.tell(
    `   Reached: ${patients} patients, by ${dispensings} dispensings with ${claims} claims and payments.`,
  );
  const { total: units } = counts;
  return { epc: report.epc, events: report.history.length, lot, units, patients };
}
