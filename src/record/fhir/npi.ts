import type { Findings } from '../finding.js';
import { isObject, type JsonObject } from '../json-object.js';

const NPI_SYSTEM = 'http://hl7.org/fhir/sid/us-npi';

/** The issuer prefix that makes a National Provider Identifier a card number: 80 for health, 840 for the US. */
const ISSUER = '80840';

/**
 * True if a National Provider Identifier has its check digit: Luhn over 80840 and its ten digits (45 CFR 162.406).
 * Synthetic data often fails it.
 */
export function isNpiRight(text: string): boolean {
  return /^[12]\d{9}$/.test(text) && luhnSum(ISSUER + text) % 10 === 0;
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum;
}

/** Warns of a resource's own National Provider Identifiers that cannot be right. */
export function checkNpi({ identifier }: JsonObject, found: Findings): void {
  if (!Array.isArray(identifier)) return;
  for (const [i, each] of (identifier as unknown[]).entries()) {
    if (!isObject(each) || each['system'] !== NPI_SYSTEM) continue;
    const { value } = each;
    if (typeof value !== 'string' || isNpiRight(value)) continue;
    found.warn('IDENTIFIER_FAULT', 'not an NPI: its check digit is wrong', [
      'identifier',
      i,
      'value',
    ]);
  }
}
