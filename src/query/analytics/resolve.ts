import { COLD_CHAIN_TERMS } from './supply/cold-chain.js';
import { CODE_MINUTES, LEVELS, PANEL_IN_PANEL, PANELS } from './claims/code-rule.js';
import { namesOf, type AnalyticsFilter, type FilterIds, type FilterName } from './filter.js';
import type { FigureName } from './figure-list.js';
import type { FigureOptions } from './option.js';
import type { FactValue } from '../../facts/facts-reader.js';

/** Asks the facts, within the time there is. */
export type Ask = <Row extends unknown[]>(
  sql: string,
  parameters: readonly FactValue[],
) => Promise<Row[]>;

/** Finds the ledger position of the first version of the record with this rid. */
export type FindOrigin = (rid: string) => Promise<number | undefined>;

/** Figures whose rules are about codes of services. */
const RULED: readonly FigureName[] = ['IMPOSSIBLE_DAY', 'UNBUNDLING', 'LEVEL_MIX_OUTLIER'];

/** What texts are in the tables of facts. */
export async function resolveIds(
  ask: Ask,
  findOrigin: FindOrigin,
  figure: FigureName,
  filter: AnalyticsFilter,
  options: FigureOptions,
): Promise<FilterIds> {
  const names = namesOf(filter);
  const parties = { payers: filter.payers ?? [], providers: filter.providers ?? [] };
  const [terms, origins, codes] = await Promise.all([
    findTerms(ask, [
      ...Object.values(names).flat(),
      ...Object.values(parties).flat(),
      ...(figure === 'COLD_CHAIN' ? COLD_CHAIN_TERMS : []),
    ]),
    findOrigins(findOrigin, Object.values(parties).flat()),
    findCodes(ask, figure, filter, options),
  ]);
  const idsOf = (texts: readonly string[]) => texts.flatMap((text) => terms.get(text) ?? []);
  const partiesOf = (texts: readonly string[]) =>
    texts.flatMap((text) => [
      ...(origins.get(text) ?? []),
      ...(terms.has(text) ? [-terms.get(text)!] : []),
    ]);
  const codesOf = (texts: readonly string[]) => texts.flatMap((text) => codes.get(text) ?? []);
  const filters: FilterIds['filters'] = {};
  for (const [name, texts] of Object.entries(names) as [FilterName, string[]][]) {
    filters[name] = idsOf(texts);
  }
  if (filter.payers) filters.payers = partiesOf(filter.payers);
  if (filter.providers) filters.providers = partiesOf(filter.providers);
  if (filter.claimTypes) filters.claimTypes = codesOf(filter.claimTypes);
  if (filter.services) filters.services = codesOf(filter.services);
  if (filter.currencies) filters.currencies = filter.currencies;
  return { filters, terms, codes };
}

async function findTerms(ask: Ask, texts: readonly string[]): Promise<Map<string, number>> {
  if (texts.length === 0) return new Map();
  const rows = await ask<[string, number]>('SELECT text, id FROM term WHERE text = ANY($1)', [
    texts,
  ]);
  return new Map(rows);
}

async function findOrigins(
  findOrigin: FindOrigin,
  rids: readonly string[],
): Promise<Map<string, number[]>> {
  const found = await Promise.all(
    rids.map(async (rid): Promise<[string, number[]]> => {
      const origin = await findOrigin(rid);
      return [rid, origin === undefined ? [] : [origin]];
    }),
  );
  return new Map(found);
}

/** Codes are stored as `system|code`, and asked for with or without the system. */
async function findCodes(
  ask: Ask,
  figure: FigureName,
  { claimTypes = [], services = [] }: AnalyticsFilter,
  options: FigureOptions,
): Promise<Map<string, number[]>> {
  const ruled = RULED.includes(figure) ? ruleCodes(options) : [];
  const codes = new Map<string, number[]>();
  const wanted = [
    { texts: claimTypes, column: 'SELECT DISTINCT type FROM claim' },
    { texts: [...services, ...ruled], column: 'SELECT DISTINCT code FROM line' },
  ];
  for (const { texts, column } of wanted.filter((each) => each.texts.length > 0)) {
    const rows = await ask<[string, number]>(
      `SELECT t.text, t.id FROM term t WHERE t.id IN (${column})
       AND (t.text = ANY($1) OR split_part(t.text, '|', 2) = ANY($1))`,
      [texts],
    );
    for (const [text, id] of rows) {
      for (const name of new Set([text, text.slice(text.indexOf('|') + 1)])) {
        codes.set(name, [...(codes.get(name) ?? []), id]);
      }
    }
  }
  return codes;
}

function ruleCodes({ codeMinutes = [], panels = [] }: FigureOptions): string[] {
  const timed = [...CODE_MINUTES, ...codeMinutes].map(({ code }) => code);
  const bundled = [...PANELS, ...PANEL_IN_PANEL, ...panels].flatMap(({ panel, components }) => [
    panel,
    ...components,
  ]);
  return [...new Set([...timed, ...bundled, ...LEVELS.flat()])];
}
