import { AppError } from '../error.js';
import { ask, type RemoteNode } from './ask.js';
import { LogDocument, RecordDocument, RecordsDocument } from './gql/graphql.js';
import type { RecordQuery } from './gql/graphql.js';
import type { LineageAnswer } from './lineage-answer.js';
import { formatTree } from './lineage-tree.js';
import type { Output } from './output.js';
import { checkFromOutside, type KnownLog } from './outsider.js';
import { remoteLineage } from './remote-lineage.js';

type FoundRecord = NonNullable<RecordQuery['record']>;

const BOUNDS = { depthMax: 10, nodesMax: 100 };

/** Payments looked at; among so many is one for a drug. */
const PAYMENTS_MAX = 20;

/** A record that has something behind it: what a health plan paid, for a drug if there is one yet. */
export async function findPayment(node: RemoteNode): Promise<FoundRecord> {
  const { records } = await ask(node, RecordsDocument, {
    filter: { type: 'ExplanationOfBenefit' },
    orderBy: 'SEQ_ASC',
    first: PAYMENTS_MAX,
  });
  let first: FoundRecord | undefined;
  for (const { cid } of records.nodes) {
    const { record } = await ask(node, RecordDocument, { cid });
    if (record && isOfDrug(record)) return record;
    first ??= record ?? undefined;
  }
  if (first) return first;
  throw new AppError('NOT_FOUND', 'so few records hold no payment yet', {
    hint: 'ask for some hundred: --records 300',
  });
}

function isOfDrug({ content }: FoundRecord): boolean {
  const { type } = JSON.parse(content ?? '{}') as { type?: { coding?: { code?: string }[] } };
  return type?.coding?.some(({ code }) => code === 'pharmacy') ?? false;
}

/** Shows a record and checks its proof, here, with what anybody can read of the log. */
export async function showProof(
  output: Output,
  node: RemoteNode,
  log: KnownLog,
  record: FoundRecord,
): Promise<void> {
  const { inclusionProof: proof } = record;
  output.tell(`   ${record.type} (what a health plan paid), version ${record.version}`);
  output.tell(`     sealed block   ${record.cid}`);
  output.tell(`     entry          ${record.entryCid}`);
  output.tell(`     position       ${record.seq}, captured ${record.capturedAt}`);
  output.tell(`     content        ${summarise(record.content)}`);
  await checkFromOutside(node.url, log, proof);
  const steps = `${proof.hashes.length} hashes from its entry to the root of all ${proof.size} entries`;
  output.tell(`   ${output.style('green', 'Proven here')}, trusting nobody: ${steps},`);
  output.tell("   and that root is signed by the log's key, which the log's id commits to.");
}

/** Shows what a record came from, as a tree. */
export async function showLineage(
  output: Output,
  node: RemoteNode,
  cid: string,
): Promise<LineageAnswer> {
  const answer = await remoteLineage(node)(cid, 'UPSTREAM', BOUNDS);
  for (const line of formatTree(answer, cid, 'UPSTREAM', shorten)) output.tell(`   ${line}`);
  const extent = answer.isComplete ? 'All there is' : `Cut short (${answer.reason})`;
  const packs = answer.nodes.filter(({ seq }) => seq === null).length;
  const what = `${answer.nodes.length - packs} records and ${packs} pack(s)`;
  output.tell(`   ${extent}: ${what}. Nobody typed these links in; they were`);
  output.tell('   found in the records themselves when each was captured: what a pharmacy billed');
  output.tell('   and the event of its dispensing are matched by what both of them name.');
  const visit = answer.nodes.find(({ type }) => type === 'Encounter');
  if (visit) await showConsequences(output, node, visit.id);
  return answer;
}

/** The same question the other way round. */
async function showConsequences(output: Output, node: RemoteNode, cid: string): Promise<void> {
  const answer = await remoteLineage(node)(cid, 'DOWNSTREAM', BOUNDS);
  output.tell('   The other way round, all that came of that visit:');
  for (const line of formatTree(answer, cid, 'DOWNSTREAM', shorten)) output.tell(`   ${line}`);
}

/** Shows the log's signed head. */
export async function showHead(
  output: Output,
  node: RemoteNode,
): Promise<{ size: number; root: string }> {
  const { log } = await ask(node, LogDocument, {});
  for (const line of log.head.text.trimEnd().split('\n')) output.tell(`   | ${line}`);
  output.tell(
    '   Name, number of entries, root of the Merkle tree over them, signature. Whoever keeps',
  );
  output.tell(
    '   these lines notices if anything before them is ever changed, reordered or left out.',
  );
  return { size: log.head.size, root: log.head.root };
}

/** The content is text as it was captured; a demo shows how much of it there is and what it begins with. */
function summarise(content: string | null | undefined): string {
  if (content === null || content === undefined) return 'not for this reader';
  return `${content.length} characters of JSON, opened for a token that may read it`;
}

/** An address of many letters is known by its ends; the name of a pack says what it is. */
function shorten(id: string): string {
  return id.includes('://') ? id : `${id.slice(0, 4)}…${id.slice(-6)}`;
}
