/**
 * The check digit of GS1 keys: weights 3 and 1 in turn from the right, the sum filled up to a multiple of ten
 * (GS1 General Specifications 7.9.1).
 *
 * @param digits decimal digits without the check digit
 */
export function checkDigitOf(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const isTripled = (digits.length - i) % 2 === 1;
    sum += (digits.charCodeAt(i) - 48) * (isTripled ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

/** True if the last digit is the check digit of those before it. */
export function isCheckDigitRight(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && checkDigitOf(digits.slice(0, -1)) === digits.at(-1);
}
