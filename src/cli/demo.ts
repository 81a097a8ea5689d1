import { once } from 'node:events';
import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { Verification } from '../query/verification.js';
import type { Context } from './context.js';
import type { DemoNode } from './demo-node.js';
import { dataOption, integer, settingsOf, type NodeFlags } from './option.js';
import type { Output } from './output.js';
import { describeVerification, VERDICT_EXIT, verifyDirectory } from './verify.js';

interface DemoFlags extends NodeFlags {
  records: number;
  seed: number;
  stay?: true;
  port: number;
}

export function addDemoCommand(program: Command, context: Context): void {
  program
    .command('demo')
    .description('see it work: a made-up consortium is captured, asked about and verified')
    .option('--records <n>', 'how many records', integer(40, 10_000_000), 3_000)
    .option(
      '--seed <n>',
      'the same seed gives the same records',
      integer(0, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option('--stay', 'leave the node up afterwards, until Ctrl-C')
    .option('--port <n>', 'port of the node, 0 for any free one', integer(0, 65_535), 0)
    .addOption(dataOption())
    .action((flags: DemoFlags) => demo(context, flags));
}

async function demo(context: Context, flags: DemoFlags): Promise<void> {
  const { output } = context;
  const startedAt = performance.now();
  const config = readConfig(settingsOf(context, flags));
  const { DemoNode } = await import('./demo-node.js');
  output.tell(output.style('bold', 'Provtrail: where health records come from, provably'));
  output.tell('A hospital, a pharmacy, a health plan, a drug maker and a wholesaler, all made up.');
  const node = await DemoNode.create(config, flags.data);
  try {
    const answers = await askEverything(context, node, flags);
    const verification = await verifyAgain(output, node);
    context.exitCode = VERDICT_EXIT[verification.verdict];
    const seconds = (performance.now() - startedAt) / 1_000;
    sayNext(output, node, seconds, flags);
    const stay = flags.stay ? await reopen(context, node, flags.port) : {};
    const { verdict, entries, head } = verification;
    if (output.json) output.result({ ...answers, verdict, entries, head, seconds, ...stay }, '');
    if (flags.stay && !context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await node.stop();
    if (node.isTemporary && !flags.stay) await node.remove();
  }
}

async function askEverything(
  context: Context,
  node: DemoNode,
  { records, seed, port }: DemoFlags,
): Promise<object> {
  const { output } = context;
  const [{ captureSample }, questions, packs, datasets] = await Promise.all([
    import('./demo-capture.js'),
    import('./demo-question.js'),
    import('./demo-trace.js'),
    import('./demo-dataset.js'),
  ]);
  const { origin, log: cid, organisation } = node.description;
  heading(output, '1. An organisation with a log of its own');
  output.tell(`   ${organisation.name} made its keys and the log ${origin}.`);
  output.tell(`   The log's id is the address of its first entry: ${cid}`);

  heading(output, '2. Records come in');
  const remote = { url: await node.start(port), token: await node.token() };
  const run = await captureSample(context, remote, { records, seed });
  const rate = Math.round(run.records / run.seconds);
  output.tell(
    `   ${run.records} records from ${run.documents} documents (FHIR and EPCIS) over HTTP in`,
  );
  output.tell(
    `   ${run.seconds.toFixed(1)} s, ${rate} a second. Each was checked, sealed under a key of its patient`,
  );
  output.tell(
    '   or its month, put into IPFS, signed and appended to the log; on disk, then acknowledged.',
  );

  heading(output, '3. One record, and the proof of it');
  await node.indexed();
  const payment = await questions.findPayment(remote);
  await questions.showProof(output, remote, { origin, cid }, payment);

  heading(output, '4. Where this payment comes from');
  const lineage = await questions.showLineage(output, remote, payment.cid);

  heading(output, '5. Where a pack has been');
  const pack = await packs.showPack(output, remote);

  heading(output, '6. Figures, a dataset, and a correction');
  const dataset = await datasets.showDataset(output, remote);

  heading(output, '7. The head of the log');
  await questions.showHead(output, remote);
  await node.stop();
  return {
    captured: run.records,
    documents: run.documents,
    captureSeconds: run.seconds,
    record: { cid: payment.cid, seq: payment.seq, isProven: true },
    lineage: { records: lineage.nodes.length, isComplete: lineage.isComplete },
    pack,
    dataset,
  };
}

async function verifyAgain(output: Output, node: DemoNode): Promise<Verification> {
  heading(output, '8. Everything again, offline, with the node stopped');
  const verification = await verifyDirectory(output, node.dataDirectory, node.description.log);
  for (const line of describeVerification(output, verification).split('\n'))
    output.tell(`   ${line}`);
  output.tell('   Every link, signature, tree hash and sealed block was read and computed again.');
  return verification;
}

function sayNext(output: Output, node: DemoNode, seconds: number, { stay, data }: DemoFlags): void {
  const place = data ?? 'hospital';
  heading(output, `Done in ${seconds.toFixed(0)} s. Try next`);
  if (!stay)
    output.tell(
      '   npm run demo -- --stay             the same, and then a node to explore in a browser',
    );
  if (data === undefined) output.tell(`   npx provtrail init --data ${place} --org "My Hospital"`);
  output.tell(`   npx provtrail capture --data ${place} FILE...   your own FHIR or EPCIS files`);
  output.tell(`   npx provtrail start --data ${place}             GraphQL over them`);
  if (node.isTemporary && !stay) output.tell('   (What this demo captured is removed now.)');
}

async function reopen(
  { output }: Context,
  node: DemoNode,
  port: number,
): Promise<{ url: string; token: string; dataDirectory: string }> {
  const url = await node.start(port);
  const token = await node.token();
  const { dataDirectory } = node;
  heading(output, 'The node is up again, until Ctrl-C');
  output.tell(`   explorer  ${url}/graphiql`);
  output.tell('   headers   paste this into its Headers tab (good for a day):');
  output.tell(`   {"authorization": "Bearer ${token}"}`);
  output.tell(`   records   ${dataDirectory}`);
  return { url, token, dataDirectory };
}

function heading(output: Output, text: string): void {
  output.tell();
  output.tell(output.style('bold', text));
}
