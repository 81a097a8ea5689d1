/** EPC URNs (EPC Tag Data Standard 1.13, section 6). They carry no check digits: those follow from them. */
import { gln } from '../gs1.js';

/** @param reference indicator digit and five digits of the item */
export function sgtin(companyPrefix: string, reference: string, serial: string): string {
  return `urn:epc:id:sgtin:${companyPrefix}.${reference}.${serial}`;
}

/** All units of a product. */
export function productPattern(companyPrefix: string, reference: string): string {
  return `urn:epc:idpat:sgtin:${companyPrefix}.${reference}.*`;
}

export function sscc(companyPrefix: string, serial: number): string {
  return `urn:epc:id:sscc:${companyPrefix}.${String(serial).padStart(10, '0')}`;
}

export function giai(companyPrefix: string, reference: string): string {
  return `urn:epc:id:giai:${companyPrefix}.${reference}`;
}

export function sgln(companyPrefix: string, location: number, room: string): string {
  return `urn:epc:id:sgln:${companyPrefix}.${String(location).padStart(5, '0')}.${room}`;
}

export function pgln(companyPrefix: string): string {
  return `urn:epc:id:pgln:${companyPrefix}.00000`;
}

/** A transaction of the party that has this company prefix (CBV 2.0, section 8.5.2). */
export function transaction(companyPrefix: string, number: string): string {
  return `urn:epcglobal:cbv:bt:${gln(companyPrefix, 0)}:${number}`;
}
