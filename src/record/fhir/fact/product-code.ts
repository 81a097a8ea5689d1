import { gtinOfNdc, parseNdc } from '../../gs1/ndc.js';
import { canonicalEpc } from '../../gs1/identifier.js';
import { instanceWithoutLot } from '../../gs1/instance.js';
import { ndc11sOf, ndcsOfNdc11 } from '../../gs1/ndc11.js';
import { objectsAt, stringAt, type JsonObject } from '../../json-object.js';
import { codesOf } from './naming.js';

export interface ProductCodes {
  /** As written. */
  ndcs: string[];
  /** Fourteen digits. */
  gtins: string[];
}

const NDC_SYSTEMS = new Set(['http://hl7.org/fhir/sid/ndc', 'urn:oid:2.16.840.1.113883.6.69']);
const GTIN_SYSTEMS = new Set([
  'https://www.gs1.org/gtin',
  'http://www.gs1.org/gtin',
  'https://id.gs1.org/01',
  'urn:oid:1.3.160',
]);

/** How a text begins that may name an instance: EPC URN, Digital Link, what a label says. */
const INSTANCE = /^(?:urn:epc:id:sgtin:|https?:\/\/.*\/21\/|\(01\)|\][deCQJ])/i;

const CODES_MAX = 100;
const INSTANCES_MAX = 1_000;
const INDICATORS = '0123456789';

/** Codes of drugs, wherever a part of a resource holds a coding of one. */
export function productCodesIn(part: JsonObject): ProductCodes {
  const ndcs = new Set<string>();
  const gtins = new Set<string>();
  walk(part, (object) => {
    const { system, code } = object;
    if (typeof system !== 'string' || typeof code !== 'string') return;
    if (NDC_SYSTEMS.has(system) && ndcs.size < CODES_MAX) ndcs.add(code);
    const isGtin = GTIN_SYSTEMS.has(system) && /^\d{8,14}$/.test(code);
    if (isGtin && gtins.size < CODES_MAX) gtins.add(code.padStart(14, '0'));
  });
  return { ndcs: [...ndcs], gtins: [...gtins] };
}

/**
 * Instances a resource names: by EPC or label wherever such a text stands, by a serial number beside a product's code. A code of
 * a drug stands for each level of packaging it may be on.
 */
export function instancesOf(resource: JsonObject): string[] {
  const found = new Set<string>();
  const serials = new Set<string>();
  walk(resource, (object) => {
    for (const name in object) {
      const value = object[name];
      if (typeof value !== 'string' || !INSTANCE.test(value)) continue;
      const instance = instanceWithoutLot(canonicalEpc(value));
      if (instance !== undefined && found.size < INSTANCES_MAX) found.add(instance);
    }
    const serial = serialIn(object);
    if (serial !== undefined && serials.size < CODES_MAX) serials.add(serial);
  });
  if (serials.size === 0) return [...found];
  const gtins = gtinsIn(resource);
  for (const serial of serials) {
    for (const gtin of gtins) {
      if (found.size >= INSTANCES_MAX) return [...found];
      const epc = canonicalEpc(`https://id.gs1.org/01/${gtin}/21/${encodeURIComponent(serial)}`);
      found.add(epc);
    }
  }
  return [...found];
}

function gtinsIn(resource: JsonObject): string[] {
  const { ndcs, gtins } = productCodesIn(resource);
  const codes = ndcs.flatMap((text) => {
    const ndc = parseNdc(text);
    return ndc
      ? [ndc]
      : ndc11sOf(text)
          .flatMap(ndcsOfNdc11)
          .flatMap((each) => parseNdc(each) ?? []);
  });
  const ofDrugs = codes.flatMap((ndc) => [...INDICATORS].map((level) => gtinOfNdc(ndc, level)));
  return [...new Set([...gtins, ...ofDrugs])];
}

/** `Device.serialNumber`, and an identifier that is a serial number (HL7 table 0203). */
function serialIn(object: JsonObject): string | undefined {
  const serial = stringAt(object, 'serialNumber');
  if (serial !== undefined) return short(serial);
  const isSerial = codesOf(objectsAt(object, 'type')).some(
    (code) => code === 'SNO' || code === 'SN',
  );
  return isSerial ? short(stringAt(object, 'value')) : undefined;
}

/** A serial number of a GTIN has twenty characters at most. */
function short(text: string | undefined): string | undefined {
  return text !== undefined && text.length > 0 && text.length <= 20 ? text : undefined;
}

function walk(object: JsonObject, visit: (object: JsonObject) => void): void {
  visit(object);
  for (const name in object) {
    for (const part of objectsAt(object, name)) walk(part, visit);
  }
}
