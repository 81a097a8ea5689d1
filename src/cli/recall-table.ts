import type { RecallCountsView, RecallGroupView } from '../query/recall.js';
import type { RecallAnswer, RecallReachAnswer } from './recall-answer.js';

/** Rows of one table for people; a recall in more places is read with --json. */
const GROUPS_MAX = 30;

const COLUMNS: readonly [title: string, name: keyof RecallCountsView][] = [
  ['at site', 'atSite'],
  ['in transit', 'inTransit'],
  ['dispensed', 'dispensed'],
  ['destroyed', 'destroyed'],
  ['decommissioned', 'decommissioned'],
  ['unaccounted', 'unaccounted'],
  ['total', 'total'],
];

/** Lines of a recall for people: the buckets, then who has how much of each. */
export function formatRecallTable(answer: RecallAnswer): string[] {
  const { counts, recalled, bySite, byCustodian, byOwner, byProduct } = answer;
  const lines = [
    ...formatColumns([
      ['units', ''],
      ...COLUMNS.map(([title, name]) => [`  ${title}`, String(counts[name])]),
      ['  marked as recalled', String(recalled)],
    ]),
    ...formatReach(answer.reached),
    ...formatGroups('by site', bySite),
    ...formatGroups('by custodian', byCustodian),
    ...formatGroups('by owner', byOwner),
    ...(byProduct.length > 1 ? formatGroups('by product', byProduct) : []),
    ...formatQuantities(answer),
  ];
  return lines.map(plain);
}

function formatReach(reached: RecallReachAnswer): string[] {
  const { dispensings, claims, patients, isWithheld, byRule, isComplete, reason } = reached;
  if (isWithheld) return ['', 'reached: withheld, for it may be fewer than eleven patients'];
  const rules = (byRule ?? []).map((count) => [
    `    matched by ${count.rule?.toLowerCase() ?? 'reference'}`,
    String(count.dispensings + count.claims),
  ]);
  return [
    '',
    ...formatColumns([
      [isComplete ? 'reached' : `reached, at least (${reason})`, ''],
      ['  patients', String(patients)],
      ['  dispensings', String(dispensings)],
      ['  claims', String(claims)],
      ...rules,
    ]),
  ];
}

function formatGroups(title: string, groups: readonly RecallGroupView[]): string[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, GROUPS_MAX);
  const used = COLUMNS.filter(([, name]) => shown.some(({ counts }) => counts[name] > 0));
  const rows = shown.map((group) => [
    describe(group),
    ...used.map(([, name]) => String(group.counts[name])),
  ]);
  const left = groups.length - shown.length;
  return [
    '',
    ...formatColumns([[title, ...used.map(([head]) => head)], ...rows]),
    ...(left > 0 ? [`  and ${left} more: see --json`] : []),
  ];
}

function formatQuantities({ quantities, quantityEvents }: RecallAnswer): string[] {
  if (quantityEvents === 0 && quantities.length === 0) return [];
  const rows = quantities.map(({ container, amount, uom, isExact }) => {
    return [container, `${isExact ? '' : 'about '}${amount} ${uom ?? 'pieces'}`];
  });
  return [
    '',
    `without serial numbers: ${quantityEvents} event(s)`,
    ...formatColumns(rows).map((line) => `  ${line}`),
  ];
}

function describe({ id, name }: RecallGroupView): string {
  if (id === null) return '  (unknown)';
  return name === null ? `  ${id}` : `  ${name} (${id})`;
}

/** The first column to the left, numbers to the right. */
function formatColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** What was captured may hold anything; a terminal must not act on it. */
function plain(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}
