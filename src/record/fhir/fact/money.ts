import { isObject } from '../../json-object.js';

/** Amounts are kept as whole ten-thousandths: a sum of them is exact, one of binary fractions is not. */
export const AMOUNT_SCALE = 4;

/** 14 digits before the point, as DECIMAL(18, 4) has them, but no more than a double holds exactly. */
const AMOUNT_MAX = Number.MAX_SAFE_INTEGER;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Arithmetic of senders leaves such traces (60.104000000000006), relative to the amount; they mean nothing. */
const NOISE = 2 ** -50;

export interface Amount {
  amount: number;
  /** The number had more digits than are kept. */
  isRounded: boolean;
}

/** A number of JSON as ten-thousandths, rounded half away from zero; undefined for what is none or too large. */
export function amountOf(value: unknown): Amount | undefined {
  if (typeof value !== 'number') return undefined;
  // the shortest text that means this double is the one that was written, if that had 15 digits or fewer
  const match = DECIMAL.exec(plain(value));
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const kept = fraction.slice(0, AMOUNT_SCALE).padEnd(AMOUNT_SCALE, '0');
  const carry = Number(fraction[AMOUNT_SCALE] ?? 0) >= 5 ? 1 : 0;
  const size = Number(whole + kept) + carry;
  if (size > AMOUNT_MAX) return undefined;
  const isRounded = Math.abs(Math.abs(value) - size / 10 ** AMOUNT_SCALE) > Math.abs(value) * NOISE;
  return { amount: sign === '-' && size > 0 ? -size : size, isRounded };
}

/** Sums up what one record says of money, and notes what does not fit together. */
export class Purse {
  currency?: string;
  isInexact = false;

  /** @param money a FHIR Money */
  take(money: unknown): number | undefined {
    if (!isObject(money)) return undefined;
    const { value, currency } = money;
    if (value === undefined) return undefined;
    const read = amountOf(value);
    if (!read || !this.isOfOneCurrency(currency)) {
      this.isInexact = true;
      return undefined;
    }
    if (read.isRounded) this.isInexact = true;
    return read.amount;
  }

  private isOfOneCurrency(currency: unknown): boolean {
    if (typeof currency !== 'string') return true;
    this.currency ??= currency;
    return currency === this.currency;
  }
}

/** The sum of those that are there; undefined when none is. */
export function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  const there = amounts.filter((amount) => amount !== undefined);
  return there.length === 0 ? undefined : there.reduce((sum, amount) => sum + amount, 0);
}

/** JavaScript writes numbers below a millionth with an exponent; none of their digits is kept. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e-') ? '0.000000' : text;
}
