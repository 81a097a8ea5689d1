/*
 * Where a record comes from and what depends on it, figures, a table, and a proof.
 *
 *   PROVTRAIL_URL=http://127.0.0.1:4000 PROVTRAIL_TOKEN=... node walkthrough.ts [DIRECTORY]
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, exportRows, openExport } from './client.ts';
import { ClaimTotals, FirstPayment, ImpactOf, Upstream } from './documents.ts';
import { verify } from './proof.ts';

const directory = process.argv[2] ?? '.';

console.log('1. A payment of a health plan');
const { records } = await ask(FirstPayment, {});
const payment = records.nodes[0]?.cid ?? '';
console.log('  ', payment);

console.log('2. Where it comes from');
const { lineage } = await ask(Upstream, { cid: payment });
for (const { type, depth } of lineage.nodes) console.log('  ', '  '.repeat(depth), type);
const bounds = lineage.isComplete ? 'all there is' : `NOT all: ${lineage.reason}`;
console.log(`   ${lineage.edges.length} relations as of entry ${lineage.position}: ${bounds}`);

console.log('3. What a correction of its claim would touch');
const claim = lineage.nodes.find(({ type }) => type === 'Claim')?.cid ?? '';
const { impact } = await ask(ImpactOf, { cid: claim });
console.log('  ', impact.byType.map(({ type, count }) => `${count} ${type}`).join(', '));
const end = impact.isComplete ? 'all there is' : `NOT all: ${impact.reason}`;
console.log(`   ${impact.count} in all: ${end}`);

console.log('4. What was claimed and paid');
const { analytics } = await ask(ClaimTotals, {});
for (const { keys, claims, billed, paid } of analytics.claims.totals.groups) {
  const names = keys.map(({ id }) => id ?? '-').join(' ');
  console.log(`   ${names}: ${claims} claims, ${billed} billed, ${paid} paid`);
}

console.log('5. How many records of each type');
const types = new Map<string, number>();
// one row at a time: this works the same for millions
for await (const { type } of exportRows<{ type: string }>('records', { latestOnly: 'true' })) {
  types.set(type, (types.get(type) ?? 0) + 1);
}
const most = [...types].sort(([, a], [, b]) => b - a).slice(0, 5);
for (const [type, count] of most) console.log(`   ${String(count).padStart(6)} ${type}`);

console.log('6. All claims as a table');
const path = join(directory, 'claims-javascript.csv');
const file = await open(path, 'wx');
for await (const chunk of await openExport('claims', 'csv')) {
  await file.write(chunk);
}
await file.close();
console.log('  ', path);

console.log('7. A proof that needs no trust in the node');
for (const words of await verify(payment, process.env['PROVTRAIL_LOG'])) console.log('  ', words);
