import { isObject, objectsAt, stringAt, type JsonObject } from '../../json-object.js';
import { adjudicationsOf, amountsIn, defined, isDenied } from './adjudication.js';
import type { Amounts, ClaimFact, LineFact } from './clinical-fact.js';
import { amountOf, Purse, sumOf } from './money.js';
import {
  codeOf,
  codesOf,
  containedPart,
  labelOf,
  momentOf,
  nameOf,
  periodOf,
  type FactSource,
} from './naming.js';

/** Lines of one claim that are told apart; the standard bounds none, and an index has to. */
export const LINES_MAX = 10_000;

/**
 * What a Claim or an ExplanationOfBenefit says. Billed: the total (`total` of a Claim, the total of category `submitted` of
 * an EOB), else the sum of its lines. Allowed: the total `eligible`, else the sum of the lines. Paid: `payment.amount`, else
 * the total `benefit`, else what was paid to provider and patient, else the sum of the lines. Denied: the total
 * `noncovered`, else the sum of the lines; all that was billed, when the payer says that it is denied.
 */
export function claimFact(source: FactSource, kind: ClaimFact['kind']): ClaimFact {
  const { resource } = source;
  const purse = new Purse();
  const lines = linesOf(source, purse);
  const amounts =
    kind === 'CLAIM' ? claimed(resource, lines, purse) : settled(resource, lines, purse);
  const fact: ClaimFact = {
    kind,
    ...parties(source),
    ...texts(resource),
    ...periodOf(resource['billablePeriod']),
  };
  const created = momentOf(resource['created']);
  if (created !== undefined) fact.created = created;
  if (Object.keys(amounts).length > 0) fact.amounts = amounts;
  if (purse.currency !== undefined) fact.currency = purse.currency;
  if (purse.isInexact) fact.isInexact = true;
  const claim = kind === 'EOB' ? nameOf(resource['claim'], source) : undefined;
  if (claim !== undefined) fact.claim = claim;
  if (lines.length > 0) fact.lines = lines;
  return fact;
}

function parties(source: FactSource): Pick<ClaimFact, 'patient' | 'provider' | 'payer'> {
  const { resource } = source;
  const patient = nameOf(resource['patient'], source);
  const provider = nameOf(resource['provider'], source);
  const payer = nameOf(resource['insurer'], source) ?? payerOfCoverage(source);
  return {
    ...(patient !== undefined && { patient }),
    ...(provider !== undefined && { provider }),
    ...(payer !== undefined && { payer }),
  };
}

/** The insurance that is asked to pay: its coverage's payor when that is inside, else the coverage. */
function payerOfCoverage(source: FactSource): string | undefined {
  const insurances = objectsAt(source.resource, 'insurance');
  const { coverage } = insurances.find(({ focal }) => focal === true) ?? insurances[0] ?? {};
  if (!isObject(coverage)) return undefined;
  const reference = stringAt(coverage, 'reference');
  if (!reference?.startsWith('#')) return nameOf(coverage, source);
  const [payor] = objectsAt(containedPart(source.resource, reference.slice(1)) ?? {}, 'payor');
  return nameOf(payor, source) ?? nameOf(coverage, source);
}

function texts(resource: JsonObject): Pick<ClaimFact, 'type' | 'use' | 'status' | 'outcome'> {
  const type = codeOf(resource['type']);
  const use = stringAt(resource, 'use');
  const status = stringAt(resource, 'status');
  const outcome = stringAt(resource, 'outcome');
  return {
    ...(type !== undefined && { type }),
    ...(use !== undefined && { use }),
    ...(status !== undefined && { status }),
    ...(outcome !== undefined && { outcome }),
  };
}

function claimed(resource: JsonObject, lines: readonly LineFact[], purse: Purse): Amounts {
  return defined({
    billed: purse.take(resource['total']) ?? sumOfLines(lines, 'billed'),
    allowed: undefined,
    paid: undefined,
    denied: undefined,
  });
}

function settled(resource: JsonObject, lines: readonly LineFact[], purse: Purse): Amounts {
  const totals = amountsIn(objectsAt(resource, 'total'), purse);
  const { payment } = resource;
  const billed = totals.billed ?? sumOfLines(lines, 'billed');
  const denied = totals.denied ?? sumOfLines(lines, 'denied');
  return defined({
    billed,
    allowed: totals.allowed ?? sumOfLines(lines, 'allowed'),
    paid:
      (isObject(payment) ? purse.take(payment['amount']) : undefined) ??
      totals.paid ??
      sumOfLines(lines, 'paid'),
    denied: denied ?? (isDenied(adjudicationsOf(resource)) ? billed : undefined),
  });
}

function sumOfLines(lines: readonly LineFact[], name: keyof Amounts): number | undefined {
  return sumOf(lines.map(({ amounts }) => amounts?.[name]));
}

function linesOf(source: FactSource, purse: Purse): LineFact[] {
  const items = [...objectsAt(source.resource, 'item'), ...objectsAt(source.resource, 'addItem')];
  return items.slice(0, LINES_MAX).map((item) => lineFact(item, source, purse));
}

function lineFact(item: JsonObject, source: FactSource, purse: Purse): LineFact {
  const service = item['productOrService'];
  const code = codeOf(service);
  const label = labelOf(service);
  const modifiers = [...new Set(codesOf(item['modifier']))].sort().join(' ');
  const { quantity } = item;
  const read = isObject(quantity) ? amountOf(quantity['value']) : undefined;
  const [first] = objectsAt(item, 'encounter');
  const encounter = nameOf(first, source);
  const amounts = amountsOfLine(item, purse);
  return {
    ...(code !== undefined && { code }),
    ...(label !== undefined && { label }),
    ...(modifiers !== '' && { modifiers }),
    ...(read && { quantity: read.amount }),
    ...(encounter !== undefined && { encounter }),
    ...periodOf(item['servicedPeriod'], item['servicedDate']),
    ...(Object.keys(amounts).length > 0 && { amounts }),
  };
}

function amountsOfLine(item: JsonObject, purse: Purse): Amounts {
  const adjudications = adjudicationsOf(item);
  const { billed, allowed, paid, denied } = amountsIn(adjudications, purse);
  const net = billed ?? purse.take(item['net']);
  return defined({
    billed: net,
    allowed,
    paid,
    denied: denied ?? (isDenied(adjudications) ? net : undefined),
  });
}
