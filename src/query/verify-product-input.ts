import { AppError } from '../error.js';
import type { ProductIdentifier } from '../graph/trace/verify-product.js';
import { parseElements } from '../record/gs1/element-string.js';
import { formatDigitalLink, identifierFault, parseIdentifier } from '../record/gs1/identifier.js';
import type { Gs1Element } from '../record/gs1/key.js';
import { gtinOfNdc, parseNdc } from '../record/gs1/ndc.js';
import { parseFhirDate } from '../record/instant.js';

/** A product as it is asked about: typed, or as a scanner sends it. */
export interface ProductQuestion {
  /** 8, 12, 13 or 14 digits; an NDC with hyphens; a class as URN or Digital Link. */
  gtin?: string;
  serial?: string;
  lot?: string;
  /** `2027-05-31` */
  expiry?: string;
  /** Element string with brackets, what a scanner sends, or a Digital Link. */
  scan?: string;
}

/** Application identifiers: expiry is no part of identity, so only a label or a link's query carries it. */
const AI = { gtin: '01', serial: '21', lot: '10', expiry: '17' };
const TEXT_MAX_CHARACTERS = 2_048;

/**
 * @param now ms; tells the century of two digits of a year
 * @throws AppError BAD_USER_INPUT
 */
export function parseProduct(question: ProductQuestion, now: number): ProductIdentifier {
  const { scan, ...typed } = question;
  if (scan === undefined) return checkProduct(typed);
  if (Object.values(typed).some((value) => value !== undefined)) {
    throw refuse('/scan', 'give either `scan`, or what it would say');
  }
  const elements = scan.length <= TEXT_MAX_CHARACTERS ? readScan(scan) : undefined;
  if (!elements) throw refuse('/scan', 'nothing GS1 knows can be read from it');
  const valueOf = (ai: string) => elements.find((element) => element.ai === ai)?.value;
  const expiry = valueOf(AI.expiry);
  return checkProduct({
    gtin: valueOf(AI.gtin),
    serial: valueOf(AI.serial),
    lot: valueOf(AI.lot),
    ...(expiry !== undefined && { expiry: parseExpiry(expiry, now, '/scan') }),
  });
}

/** The 14 digits of a GTIN or NDC in any form; its check digit may be wrong. */
export function readGtin(text: string): string | undefined {
  const ndc = parseNdc(text);
  if (ndc) return gtinOfNdc(ndc);
  if (/^(?:\d{8}|\d{12,14})$/.test(text)) return text.padStart(14, '0');
  const id = parseIdentifier(text);
  return id?.kind === 'GTIN' && /^\d{14}$/.test(id.key.value) ? id.key.value : undefined;
}

/** The class of a GTIN's instances, canonical. */
export function gtinLink(gtin: string): string {
  return formatDigitalLink({ kind: 'GTIN', key: { ai: AI.gtin, value: gtin }, qualifiers: [] });
}

/** The instance a product identifier names, canonical. */
export function sgtinOf({ gtin, serial }: ProductIdentifier): string {
  const key = { ai: AI.gtin, value: gtin };
  return formatDigitalLink({ kind: 'SGTIN', key, qualifiers: [{ ai: AI.serial, value: serial }] });
}

/** @throws AppError BAD_USER_INPUT */
function parseGtin(text: string): string {
  const gtin = readGtin(text);
  if (gtin === undefined) {
    throw refuse('/gtin', 'not a GTIN', 'give 8, 12, 13 or 14 digits, or an NDC with its hyphens');
  }
  const fault = identifierFault({
    kind: 'GTIN',
    key: { ai: AI.gtin, value: gtin },
    qualifiers: [],
  });
  if (fault) throw refuse('/gtin', fault);
  return gtin;
}

/**
 * The six digits of an expiry date (GS1 General Specifications 7.12: a year at most 49 behind, at most 50 ahead; day 00 is
 * the last of the month), as `2027-05-31`.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function parseExpiry(digits: string, now: number, pointer: string): string {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? [];
  const thisYear = new Date(now).getUTCFullYear();
  const ahead = (Number(year) - (thisYear % 100) + 149) % 100;
  const full = String(thisYear + ahead - 49).padStart(4, '0');
  const covered = parseFhirDate(day === '00' ? `${full}-${month}` : `${full}-${month}-${day}`);
  if (!covered) throw refuse(pointer, 'an expiry date is six digits: YYMMDD');
  return new Date(covered.to).toISOString().slice(0, 10);
}

function checkProduct({ gtin, serial, lot, expiry }: ProductQuestion): ProductIdentifier {
  if (gtin === undefined) throw refuse('/gtin', 'the GTIN is missing');
  if (serial === undefined) throw refuse('/serial', 'the serial number is missing');
  const product: ProductIdentifier = { gtin: parseGtin(gtin), serial };
  checkQualifier(AI.serial, serial, '/serial');
  if (lot !== undefined) {
    checkQualifier(AI.lot, lot, '/lot');
    product.lot = lot;
  }
  if (expiry !== undefined) product.expiry = checkDay(expiry);
  return product;
}

/** @throws AppError BAD_USER_INPUT */
function checkDay(expiry: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(expiry) && parseFhirDate(expiry)) return expiry;
  throw refuse('/expiry', 'an expiry date is a day, like 2027-05-31');
}

/** @throws AppError BAD_USER_INPUT */
function checkQualifier(ai: string, value: string, pointer: string): void {
  const key = { ai: AI.gtin, value: '00000000000000' };
  const fault = identifierFault({ kind: 'SGTIN', key, qualifiers: [{ ai, value }] });
  if (fault) throw refuse(pointer, fault);
}

function readScan(scan: string): Gs1Element[] | undefined {
  if (/^[([\]]/.test(scan)) return parseElements(scan);
  const id = parseIdentifier(scan);
  if (!id) return undefined;
  const query = scan.indexOf('?');
  const asked = query < 0 ? undefined : new URLSearchParams(scan.slice(query)).get(AI.expiry);
  const expiry = asked ? [{ ai: AI.expiry, value: asked }] : [];
  return [id.key, ...id.qualifiers, ...expiry];
}

function refuse(pointer: string, message: string, hint?: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { pointer, ...(hint !== undefined && { hint }) });
}
