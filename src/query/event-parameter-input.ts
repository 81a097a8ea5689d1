import { AppError } from '../error.js';
import type { CbvKind } from '../record/cbv/term.js';
import type { EventNames } from '../record/epcis/fact/event-names.js';
import { canonicalEpc, parseIdentifier } from '../record/gs1/identifier.js';
import { parseFhirDate } from '../record/instant.js';

/** What a parameter may be: as in a URL a text, divided at `|`; as in JSON a list or a single value. */
export type ParameterValue =
  string | number | boolean | null | readonly (string | number | boolean)[];

/** Values of one parameter: each becomes a look-up. */
const VALUES_MAX = 1_000;
const VALUE_CHARACTERS_MAX = 4_096;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const PATTERN = /^urn:epc:idpat:/i;

/**
 * One parameter of a query. Whatever it holds that cannot be read is BAD_USER_INPUT; messages name the parameter by its
 * place, never by what it says.
 */
export class ParameterInput {
  /** @param position of the parameter in its query, from 1 */
  constructor(
    readonly position: number,
    private readonly value: ParameterValue,
    readonly names: EventNames,
  ) {}

  /** At least one text. */
  texts(): string[] {
    const texts = this.all();
    if (texts.length === 0 || texts.includes('')) throw this.refuse('has no value');
    if (texts.length > VALUES_MAX) {
      throw new AppError('QUERY_TOO_COMPLEX', `parameter ${this.position} has too many values`, {
        hint: `a parameter has at most ${VALUES_MAX} values`,
        limit: VALUES_MAX,
      });
    }
    if (texts.some((text) => text.length > VALUE_CHARACTERS_MAX)) throw this.refuse('is too long');
    return texts;
  }

  single(): string {
    const [text, ...others] = this.texts();
    if (others.length > 0) throw this.refuse('takes one value');
    return text!;
  }

  /** Identifiers in the one form in which events are known by them. */
  epcs(): string[] {
    return this.texts().map((text) => {
      if (!PATTERN.test(text) || parseIdentifier(text)) return canonicalEpc(text);
      throw this.refuse('is a pattern that is not looked for', 'only a serial number may be "*"');
    });
  }

  /** Terms of the CBV or of somebody's own, as full URIs. */
  terms(kind: CbvKind): string[] {
    return this.texts().map((text) => this.names.termOf(kind, text));
  }

  oneOf<const Word extends string>(words: readonly Word[]): Word[] {
    return this.texts().map((text) => {
      const word = words.find((known) => known === text);
      if (word !== undefined) return word;
      throw this.refuse('has a value that does not exist', `one of ${words.join(', ')}`);
    });
  }

  word<const Word extends string>(words: readonly Word[]): Word {
    this.single();
    return this.oneOf(words)[0]!;
  }

  /** ms */
  instant(): number {
    const at = instantOf(this.single());
    if (at === undefined) throw this.refuse('is not a date-time', 'as 2026-01-31T12:00:00Z');
    return at;
  }

  numbers(): number[] {
    return this.texts().map((text) => {
      const number = numberOf(text);
      if (number === undefined) throw this.refuse('is not a number');
      return number;
    });
  }

  number(): number {
    const [number, ...others] = this.numbers();
    if (others.length > 0) throw this.refuse('takes one number');
    return number!;
  }

  count(max: number): number {
    const count = this.number();
    if (Number.isInteger(count) && count >= 1 && count <= max) return count;
    throw this.refuse(`is a number from 1 to ${max}`);
  }

  /** For what need only be there. */
  void(): void {
    const [text = '', ...others] = this.all();
    if (others.length > 0 || !['', 'true', '1', 'null'].includes(text)) {
      throw this.refuse('takes no value');
    }
  }

  refuse(fault: string, hint?: string): AppError {
    return new AppError('BAD_USER_INPUT', `parameter ${this.position} ${fault}`, {
      position: this.position,
      ...(hint !== undefined && { hint }),
    });
  }

  private all(): string[] {
    if (this.value === null) return [];
    if (typeof this.value === 'object') return this.value.map(String);
    return String(this.value).split('|');
  }
}

export function numberOf(text: string): number | undefined {
  // -0 is 0, as JSON has it
  const number = NUMBER.test(text) ? Number(text) + 0 : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** ms; a date stands for its beginning. */
export function instantOf(text: string): number | undefined {
  return /^\d{4}-\d\d-\d\d/.test(text) ? parseFhirDate(text)?.from : undefined;
}
