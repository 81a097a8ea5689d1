import { parseInstant } from '../../instant.js';

const FRACTION = /^([^.]+)\.(\d+)([^.\d][^.]*)$/;

/**
 * A date-time in UTC with three digits of a second, the fourth rounded half up and the rest cut off; undefined
 * for what is no date-time with an offset.
 */
export function formatHashTime(text: string): string | undefined {
  const match = FRACTION.exec(text);
  const [whole, digits] = match ? [match[1]! + match[3]!, match[2]!] : [text, ''];
  const start = parseInstant(whole);
  if (start === undefined) return undefined;
  const milliseconds = Number(digits.slice(0, 3).padEnd(3, '0'));
  const isRoundedUp = (digits[3] ?? '0') >= '5';
  return new Date(start + milliseconds + (isRoundedUp ? 1 : 0)).toISOString();
}
