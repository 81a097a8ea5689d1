import { isObject, type JsonObject } from '../json-object.js';

const INT_MAX = 2n ** 31n;
const LONG_MAX = 2n ** 63n;
/** Characters of the longest text that may be a long. */
const LONG_CHARACTERS = 20;

/** A number of JSON as it was spelt: a double would not keep each. */
export class NumberText {
  constructor(readonly text: string) {}

  /** The XML Schema type it has: the narrowest whole one, else double. */
  get type(): string {
    if (!/^-?\d+$/.test(this.text)) return 'double';
    if (this.text.length > LONG_CHARACTERS) return 'integer';
    const value = BigInt(this.text);
    if (isWithin(value, INT_MAX)) return 'int';
    return isWithin(value, LONG_MAX) ? 'long' : 'integer';
  }
}

/** An object of JSON; a number that keeps its spelling is none. */
export function isTable(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof NumberText);
}

function isWithin(value: bigint, max: bigint): boolean {
  return value >= -max && value < max;
}

type Reviver = (name: string, value: unknown, context: { source?: string }) => unknown;

/** What the text of JSON says, its numbers as they are spelt. */
export function parseKeepingNumbers(text: string): unknown {
  const revive: Reviver = (_name, value, { source }) =>
    typeof value === 'number' ? new NumberText(source ?? String(value)) : value;
  return JSON.parse(text, revive as (name: string, value: unknown) => unknown);
}
