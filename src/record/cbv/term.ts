import { BUSINESS_STEPS } from './business-step.js';
import { DISPOSITIONS, FORMER_DISPOSITIONS } from './disposition.js';
import {
  ALERT_TYPES,
  COMPONENTS,
  DRAFT_ALERT_TYPES,
  DRAFT_MEASUREMENT_TYPES,
  MEASUREMENT_TYPES,
} from './sensor-term.js';
import { BUSINESS_TRANSACTION_TYPES, ERROR_REASONS, SOURCE_DEST_TYPES } from './type-term.js';

export type CbvKind =
  | 'bizStep'
  | 'disposition'
  | 'bizTransactionType'
  | 'sourceDestType'
  | 'errorReason'
  | 'sensorMeasurementType'
  | 'sensorAlertType'
  | 'component';

const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';

/** Where the vocabularies are and were. Only terms of sensors are from the GS1 Web Vocabulary. */
const CBV_HOME = /^(?:https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/|cbv:)/;
const GS1_HOME = /^(?:https?:\/\/(?:(?:www|ref)\.)?gs1\.org\/voc\/|gs1:)/;

/** Prefixes that make an absolute URI; any other word before a colon is taken for the prefix of a CURIE. */
const ABSOLUTE = /^(?:urn:[a-z0-9][a-z0-9-]*:|[a-z][a-z0-9+.-]*:\/\/|(?:did|info|ni|tag):)\S/i;
const TERM_MAX_CHARACTERS = 4_096;

/** The terms of a kind by every spelling, each with its full URI. */
const SPELLINGS: Readonly<Record<CbvKind, ReadonlyMap<string, string>>> = {
  bizStep: spell(`${CBV}BizStep-`, BUSINESS_STEPS, 'bizstep'),
  disposition: new Map([
    ...spell(`${CBV}Disp-`, DISPOSITIONS, 'disp'),
    ...Object.entries(FORMER_DISPOSITIONS).flatMap(([former, name]) =>
      [...spell(`${CBV}Disp-`, [former], 'disp').keys()].map(
        (spelling) => [spelling, `${CBV}Disp-${name}`] as const,
      ),
    ),
  ]),
  bizTransactionType: spell(`${CBV}BTT-`, BUSINESS_TRANSACTION_TYPES, 'btt'),
  sourceDestType: spell(`${CBV}SDT-`, SOURCE_DEST_TYPES, 'sdt'),
  errorReason: spell(`${CBV}ER-`, ERROR_REASONS, 'er'),
  sensorMeasurementType: spell(GS1, [
    ...MEASUREMENT_TYPES,
    ...DRAFT_MEASUREMENT_TYPES,
    ...DRAFT_ALERT_TYPES,
  ]),
  sensorAlertType: spell(GS1, [...ALERT_TYPES, ...DRAFT_ALERT_TYPES]),
  component: spell(`${CBV}Comp-`, COMPONENTS),
};

/**
 * The full URI of a term of the Core Business Vocabulary 2.0, however it is spelt: bare word, CURIE, URN, or URI. An
 * absolute URI outside the vocabulary is a term of somebody's own and stays as it is. Undefined for what looks like a
 * term of the vocabulary and is none, and for a CURIE whose prefix nobody has expanded.
 */
export function canonicalTerm(kind: CbvKind, text: string): string | undefined {
  if (text.length > TERM_MAX_CHARACTERS) return undefined;
  const terms = SPELLINGS[kind];
  const known = terms.get(text);
  if (known !== undefined) return known;
  if (CBV_HOME.test(text)) return terms.get(text.replace(CBV_HOME, CBV));
  const isSensor = kind === 'sensorMeasurementType' || kind === 'sensorAlertType';
  if (isSensor && GS1_HOME.test(text)) return terms.get(text.replace(GS1_HOME, GS1));
  if (/^urn:epcglobal:cbv:/i.test(text)) return undefined;
  return ABSOLUTE.test(text) ? text : undefined;
}

/** @param urn the part of a CBV URN that says the kind, where there are URNs of it */
function spell(start: string, names: readonly string[], urn?: string): Map<string, string> {
  return new Map(
    names.flatMap((name): [string, string][] => {
      const uri = start + name;
      const bare: [string, string][] = [
        [name, uri],
        [uri, uri],
      ];
      return urn === undefined ? bare : [...bare, [`urn:epcglobal:cbv:${urn}:${name}`, uri]];
    }),
  );
}
