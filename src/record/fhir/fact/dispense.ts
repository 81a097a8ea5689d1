import { parseFhirDate } from '../../instant.js';
import { objectsAt, stringAt, valueAt, type JsonObject } from '../../json-object.js';
import { ndc11sOf, ndc11sOfGtin } from '../../gs1/ndc11.js';
import { codesOf, nameOf } from './naming.js';
import { prescriptionsOf } from './prescription.js';
import { instancesOf, productCodesIn } from './product-code.js';

export type DispenseKind = 'DISPENSE' | 'EOB' | 'CLAIM';

/** A drug, and the day on which it was handed over. */
export interface DispensedProduct {
  /** Eleven digits. */
  ndc: string;
  /** Days since the epoch, UTC. */
  day: number;
}

/** By what a record of a dispensing can be matched with the event of it. Members are absent rather than empty. */
export interface DispenseFacts {
  kind: DispenseKind;
  /** The name of the patient's record. */
  patient?: string;
  /** Names of the prescription and numbers of the dispensing. */
  prescriptions?: string[];
  /** Instances handed over, as `https://id.gs1.org/01/<GTIN-14>/21/<serial>`. */
  epcs?: string[];
  products?: DispensedProduct[];
}

const DAY_MS = 86_400_000;
const PRODUCTS_MAX = 100;

/** States of resources that tell of nothing that happened. */
const VOID = new Set(['cancelled', 'declined', 'draft', 'entered-in-error', 'stopped']);

/**
 * Of a MedicationDispense, and of a claim or its explanation that is a pharmacy's or has a line with a drug's code; undefined
 * for any other resource. Trusts nothing about its structure.
 *
 * @param base the server the resource came from, when that is known
 */
export function dispenseFacts(resource: JsonObject, base?: string): DispenseFacts | undefined {
  const kind = kindOf(resource);
  if (!kind || VOID.has(stringAt(resource, 'status') ?? '')) return undefined;
  const lines = linesOf(resource, kind);
  const products = productsOf(lines);
  if (kind !== 'DISPENSE' && products.length === 0 && !isPharmacy(resource)) return undefined;
  const source = { resource, base };
  const patient = nameOf(resource[kind === 'DISPENSE' ? 'subject' : 'patient'], source);
  const prescriptions = prescriptionsOf(resource, kind, base);
  const epcs = instancesOf(resource);
  const facts: DispenseFacts = { kind };
  if (patient !== undefined) facts.patient = patient;
  if (prescriptions.length > 0) facts.prescriptions = prescriptions;
  if (epcs.length > 0) facts.epcs = epcs;
  if (products.length > 0) facts.products = products;
  return facts.prescriptions || facts.epcs || facts.products ? facts : undefined;
}

function kindOf({ resourceType }: JsonObject): DispenseKind | undefined {
  switch (resourceType) {
    case 'MedicationDispense':
      return 'DISPENSE';
    case 'ExplanationOfBenefit':
      return 'EOB';
    case 'Claim':
      return 'CLAIM';
    default:
      return undefined;
  }
}

function isPharmacy(resource: JsonObject): boolean {
  return codesOf(resource['type']).includes('pharmacy');
}

interface Line {
  part: JsonObject;
  day?: number | undefined;
}

/** What names products, and on which day they were handed over. */
function linesOf(resource: JsonObject, kind: DispenseKind): Line[] {
  if (kind === 'DISPENSE') {
    const day = dayOf(resource['whenHandedOver']) ?? dayOf(resource['whenPrepared']);
    return [{ part: resource, day }];
  }
  const billed = dayOf(valueAt(resource, ['billablePeriod', 'start']));
  return objectsAt(resource, 'item').map((part) => {
    const serviced = part['servicedDate'] ?? valueAt(part, ['servicedPeriod', 'start']);
    return { part, day: dayOf(serviced) ?? billed };
  });
}

function productsOf(lines: readonly Line[]): DispensedProduct[] {
  const products = new Map<string, DispensedProduct>();
  for (const { part, day } of lines) {
    if (day === undefined) continue;
    const { ndcs, gtins } = productCodesIn(part);
    for (const ndc of [...ndcs.flatMap(ndc11sOf), ...gtins.flatMap(ndc11sOfGtin)]) {
      if (products.size < PRODUCTS_MAX) products.set(`${day} ${ndc}`, { ndc, day });
    }
  }
  return [...products.values()];
}

/** A month or a year tells no day. */
function dayOf(value: unknown): number | undefined {
  const date = typeof value === 'string' ? parseFhirDate(value) : undefined;
  if (!date || date.to - date.from >= DAY_MS) return undefined;
  return Math.floor(date.from / DAY_MS);
}
