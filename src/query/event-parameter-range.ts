import type { NumberRange, TimeWindow } from '../graph/event/event-filter.js';
import type { ParameterInput } from './event-parameter-input.js';

/** How parameters begin that compare. */
export type Comparison = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE';

/** Adds what a parameter compares a number with. */
export function addNumber(range: NumberRange, comparison: Comparison, input: ParameterInput): void {
  if (comparison === 'EQ') range.equal = input.numbers();
  else if (comparison === 'GT') range.above = input.number();
  else if (comparison === 'GE') range.from = input.number();
  else if (comparison === 'LT') range.below = input.number();
  else range.to = input.number();
}

/** Narrows a window to what a moment in ms is compared with: of several bounds the strictest holds. */
export function narrowWindow(window: TimeWindow, comparison: Comparison, at: number): void {
  if (comparison === 'GE' || comparison === 'GT' || comparison === 'EQ') {
    const from = comparison === 'GT' ? at + 1 : at;
    window.from = Math.max(window.from ?? from, from);
  }
  if (comparison === 'LT' || comparison === 'LE' || comparison === 'EQ') {
    const before = comparison === 'LT' ? at : at + 1;
    window.before = Math.min(window.before ?? before, before);
  }
}
