import { canonicalEpc, parseIdentifier } from '../../record/gs1/identifier.js';
import { siteOf } from '../../graph/trace/site.js';
import { AppError } from '../../error.js';
import { gtinLink, readGtin } from '../verify-product-input.js';
import type { FigureClass } from './figure.js';

/** Which facts are meant: of each that is given, one of the values. Identifiers in any form. */
export interface AnalyticsFilter {
  products?: string[];
  lots?: string[];
  sites?: string[];
  organisations?: string[];
  payers?: string[];
  providers?: string[];
  claimTypes?: string[];
  services?: string[];
  currencies?: string[];
}

export type FilterName = keyof AnalyticsFilter;

/** The figures a filter bears on. */
export const FILTER_CLASSES: Readonly<Record<FilterName, FigureClass>> = {
  products: 'epcis.event',
  lots: 'epcis.event',
  sites: 'epcis.event',
  organisations: 'epcis.event',
  payers: 'fhir.resource',
  providers: 'fhir.resource',
  claimTypes: 'fhir.resource',
  services: 'fhir.resource',
  currencies: 'fhir.resource',
};

/** What the texts of filters and rules are in the tables of facts; none where nothing is known by that text. */
export interface FilterIds {
  filters: Partial<Record<FilterName, readonly number[] | readonly string[]>>;
  /** Ids of terms that figures need: see `TERMS`. */
  terms: ReadonlyMap<string, number>;
  /** Ids of service codes by the bare code and by `system|code`. */
  codes: ReadonlyMap<string, readonly number[]>;
}

const VALUES_MAX = 100;
const CHARACTERS_MAX = 2_048;

/** @throws AppError BAD_USER_INPUT */
export function checkFilter(filter: AnalyticsFilter): void {
  for (const [name, values] of Object.entries(filter) as [FilterName, string[]][]) {
    const isGood =
      values.length > 0 &&
      values.length <= VALUES_MAX &&
      values.every((value) => value.length > 0 && value.length <= CHARACTERS_MAX);
    if (isGood) continue;
    throw new AppError(
      'BAD_USER_INPUT',
      `a filter has 1 to ${VALUES_MAX} values of 1 to ${CHARACTERS_MAX} characters`,
      { pointer: `/${name}` },
    );
  }
}

/** The texts by which the index may know what is meant. @throws AppError BAD_USER_INPUT */
export function namesOf(filter: AnalyticsFilter): Partial<Record<FilterName, string[]>> {
  const { products, lots, sites, organisations } = filter;
  return {
    ...(products && { products: products.map(classOf) }),
    ...(lots && { lots: lots.map(lotOf) }),
    ...(sites && {
      sites: sites.flatMap((text) => [canonicalEpc(text), siteOf(canonicalEpc(text))]),
    }),
    ...(organisations && {
      organisations: organisations.flatMap((text) => [text, canonicalEpc(text)]),
    }),
  };
}

function classOf(text: string): string {
  const gtin = readGtin(text);
  if (gtin !== undefined) return gtinLink(gtin);
  throw new AppError('BAD_USER_INPUT', 'not a GTIN', {
    pointer: '/products',
    hint: 'give 8, 12, 13 or 14 digits, or an NDC with its hyphens',
  });
}

function lotOf(text: string): string {
  return parseIdentifier(text)?.qualifiers.find(({ ai }) => ai === '10')?.value ?? text;
}
