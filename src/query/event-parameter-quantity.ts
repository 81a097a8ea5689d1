import type { EventFilter, NumberRange } from '../graph/event/event-filter.js';
import type { ParameterInput } from './event-parameter-input.js';
import { addNumber, type Comparison } from './event-parameter-range.js';

const QUANTITY = /^(EQ|GT|GE|LT|LE)_quantity(?:_([A-Z0-9]{2,3}))?$/;

/** Gathers what a query says of amounts: bounds in one unit hold for one amount. */
export class QuantityParameters {
  private readonly ranges = new Map<string | undefined, NumberRange>();

  /** @returns false for a parameter that is not about an amount */
  read(name: string, input: ParameterInput): boolean {
    const [, comparison, uom] = QUANTITY.exec(name) ?? [];
    if (comparison === undefined) return false;
    const range = this.ranges.get(uom) ?? {};
    this.ranges.set(uom, range);
    addNumber(range, comparison as Comparison, input);
    return true;
  }

  format(): EventFilter[] {
    const quantity = [...this.ranges].map(([uom, range]) => ({
      ...(uom !== undefined && { uom }),
      range,
    }));
    return quantity.length > 0 ? [{ quantity }] : [];
  }
}
