import { isObject, objectsAt, type JsonObject } from '../../json-object.js';
import type { Amounts } from './clinical-fact.js';
import { sumOf, type Purse } from './money.js';
import { codesOf } from './naming.js';

/**
 * Which categories of an adjudication or a total are which amount, each list in order of preference: HL7's adjudication
 * codes, those of CARIN Blue Button, and CMS's own variables, which Synthea writes too.
 */
const SUBMITTED = ['submitted', 'line_sbmtd_chrg_amt'];
const ALLOWED = ['eligible', 'line_alowd_chrg_amt'];
const BENEFIT = ['benefit'];
/** Benefits go to the one and the other: both were paid. */
const PAID_TO = ['paidtoprovider', 'paidtopatient'];
const PAID_BY_CMS = ['line_nch_pmt_amt', 'line_prvdr_pmt_amt'];
const NOT_COVERED = ['noncovered'];
/** CARIN: the payer's status of a claim or a line. */
const DENIED = new Set(['denied']);

/** The amounts of a list of adjudications, or of totals, which have the same shape. */
export function amountsIn(list: readonly JsonObject[], purse: Purse): Amounts {
  const byCode = new Map<string, number>();
  for (const item of list) {
    const amount = purse.take(item['amount']);
    if (amount === undefined) continue;
    for (const code of new Set(codesOf(item['category']).map(lastPart))) {
      byCode.set(code, (byCode.get(code) ?? 0) + amount);
    }
  }
  const first = (codes: readonly string[]) => {
    const code = codes.find((one) => byCode.has(one));
    return code === undefined ? undefined : byCode.get(code);
  };
  const toAll = sumOf(PAID_TO.map((code) => byCode.get(code)));
  return defined({
    billed: first(SUBMITTED),
    allowed: first(ALLOWED),
    paid: first(BENEFIT) ?? toAll ?? first(PAID_BY_CMS),
    denied: first(NOT_COVERED),
  });
}

/** Whether an adjudication says that payment was refused altogether. */
export function isDenied(adjudications: readonly JsonObject[]): boolean {
  return adjudications.some(({ reason }) => codesOf(reason).some((code) => DENIED.has(code)));
}

export function defined(amounts: { [name in keyof Amounts]: number | undefined }): Amounts {
  const entries = Object.entries(amounts).filter(([, amount]) => amount !== undefined);
  return Object.fromEntries(entries) as Amounts;
}

/** Adjudications of an item, an EOB, or one of its parts. */
export function adjudicationsOf(value: unknown): JsonObject[] {
  return isObject(value) ? objectsAt(value, 'adjudication') : [];
}

/** Some write the variable's whole URL as the code: `https://bluebutton.cms.gov/resources/variables/line_coinsrnc_amt`. */
function lastPart(code: string): string {
  return code.slice(code.lastIndexOf('/') + 1);
}
