import { canonicalEpc } from '../../gs1/identifier.js';
import type { EventContext } from './event-context.js';
import type { ValueForm } from './field-order.js';
import { formatHashTime } from './hash-time.js';
import { expandTerm, expandTermUrn } from './hash-term.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const URI = /^(?:urn:epc:|https?:\/\/)/i;

/** The text of a number, a truth value or a string in the pre-hash string; undefined for anything else. */
export function formatValue(
  form: ValueForm,
  value: unknown,
  context: EventContext,
): string | undefined {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '' || form === 'value') return formatText(text);
  if (form === 'time') return formatHashTime(text) ?? text;
  return expandTerm(form, text, context) ?? formatText(text);
}

/** XML tells numbers and text not apart, so text that reads as a number is one wherever it stands. */
function formatText(text: string): string {
  if (NUMBER.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? formatNumber(number) : text;
  }
  // Element strings and scans stay what they are: only URIs have a canonical form in the standard.
  return expandTermUrn(text) ?? (URI.test(text) ? canonicalEpc(text) : text);
}

/**
 * A double in full, without exponent, trailing zeros or plus sign. Numbers are doubles also where they come
 * as text: the vectors have `111100001111000011110000` as `111100001111000003641344`.
 */
export function formatNumber(number: number): string {
  if (Number.isInteger(number)) return BigInt(number).toString();
  const [digits, exponent] = String(number).split('e-');
  if (exponent === undefined) return digits!;
  const sign = number < 0 ? '-' : '';
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits!.replace(/[-.]/g, '')}`;
}
