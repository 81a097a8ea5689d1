import { AppError } from '../../error.js';
import { parseInstant } from '../../record/instant.js';

/** Parameters of an export by name, each with what it was given; an order is kept. */
export type ParameterLists = Readonly<Record<string, readonly string[]>>;

const VALUES_MAX = 1_000;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

/** Reads each parameter once; what nobody has read is refused, because a filter that is misspelt would not filter. */
export class ExportParameters {
  private readonly left: Map<string, readonly string[]>;
  private readonly known = new Set<string>();

  constructor(lists: ParameterLists) {
    this.left = new Map(Object.entries(lists));
    if (this.left.size <= VALUES_MAX) return;
    throw new AppError('QUERY_TOO_COMPLEX', 'there are too many parameters', { limit: VALUES_MAX });
  }

  many(name: string): string[] | undefined {
    this.known.add(name);
    const values = this.left.get(name);
    this.left.delete(name);
    if (values === undefined) return undefined;
    if (values.length > VALUES_MAX || values.some((value) => value === '')) {
      throw this.refuse(name, `takes 1 to ${VALUES_MAX} values`);
    }
    return [...values];
  }

  one(name: string): string | undefined {
    const values = this.many(name);
    if (values === undefined || values.length === 1) return values?.[0];
    throw this.refuse(name, 'is given once');
  }

  word<W extends string>(name: string, words: readonly W[]): W | undefined {
    const text = this.one(name);
    const found = words.find((word) => word === text);
    if (text === undefined || found !== undefined) return found;
    throw this.refuse(name, `is one of ${words.join(', ')}`);
  }

  words<W extends string>(name: string, words: readonly W[]): W[] | undefined {
    return this.many(name)?.map((text) => {
      const found = words.find((word) => word === text);
      if (found !== undefined) return found;
      throw this.refuse(name, `is of ${words.join(', ')}`);
    });
  }

  flag(name: string): boolean | undefined {
    const word = this.word(name, ['true', 'false']);
    return word === undefined ? undefined : word === 'true';
  }

  integer(name: string): number | undefined {
    const text = this.one(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d{1,15}$/.test(text)) return value;
    throw this.refuse(name, 'is a whole number, 0 or more');
  }

  number(name: string): number | undefined {
    const text = this.one(name);
    if (text === undefined) return undefined;
    if (NUMBER.test(text)) return Number(text);
    throw this.refuse(name, 'is a number');
  }

  /** @returns ms */
  time(name: string): number | undefined {
    const text = this.one(name);
    const time = text === undefined ? undefined : parseInstant(text);
    if (text === undefined || time !== undefined) return time;
    throw this.refuse(name, 'is a time with its zone (RFC 3339)');
  }

  /** All that is left, for a reader with names of its own. */
  rest(): Record<string, readonly string[]> {
    const rest = Object.fromEntries(this.left);
    this.left.clear();
    return rest;
  }

  /** @throws AppError BAD_USER_INPUT when something is left that nobody has read */
  checkAllRead(): void {
    if (this.left.size === 0) return;
    throw new AppError('BAD_USER_INPUT', 'a parameter is none of this export', {
      hint: `parameters of this export: ${[...this.known].sort().join(', ')}`,
    });
  }

  refuse(name: string, rule: string): AppError {
    return new AppError('BAD_USER_INPUT', `${name} ${rule}`, { pointer: `/${name}` });
  }
}
