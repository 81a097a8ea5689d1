/** GS1 keys as canonical Digital Links (GS1 Digital Link URI Syntax 1.3), each with its right check digit. */

/** Mod-10 check digit of GTIN, SSCC and GLN: weights 3 and 1 from the right (GS1 General Specifications 7.9). */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const weight = (digits.length - i) % 2 === 1 ? 3 : 1;
    sum += (digits.charCodeAt(i) - 48) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** The GTIN-14 of a US drug package: indicator 0, `03`, the ten digits of its NDC, check digit. */
export function gtinOfNdc(ndc10: string): string {
  const body = `003${ndc10}`;
  return body + checkDigit(body);
}

/** A serial shipping container code: extension digit, seven-digit company prefix, nine-digit serial, check digit. */
export function sscc(companyPrefix: string, serial: number): string {
  const body = `0${companyPrefix}${String(serial).padStart(9, '0')}`;
  return body + checkDigit(body);
}

/** A global location number: seven-digit company prefix, five-digit location, check digit. */
export function gln(companyPrefix: string, location: number): string {
  const body = companyPrefix + String(location).padStart(5, '0');
  return body + checkDigit(body);
}

export function unitLink(gtin: string, serial: string): string {
  return `https://id.gs1.org/01/${gtin}/21/${serial}`;
}

export function containerLink(code: string): string {
  return `https://id.gs1.org/00/${code}`;
}

export function locationLink(code: string): string {
  return `https://id.gs1.org/414/${code}`;
}

export function partyLink(code: string): string {
  return `https://id.gs1.org/417/${code}`;
}

/** A US national provider identifier: nine digits and a Luhn check digit over `80840` and the number. */
export function npi(nineDigits: string): string {
  const body = `80840${nineDigits}`;
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = body.charCodeAt(i) - 48;
    const doubled = (body.length - i) % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return nineDigits + String((10 - (sum % 10)) % 10);
}
