import { AppError } from '../error.js';
import { canonicalTerm, type CbvKind } from '../record/cbv/term.js';
import { canonicalEpc, parseIdentifier } from '../record/gs1/identifier.js';
import { formatPointer, type Path } from '../record/json-pointer.js';

/** Each value is a look-up in the index. */
const VALUES_MAX = 1_000;
const VALUE_CHARACTERS_MAX = 4_096;
const DEPTH_MAX = 10;
const CONDITIONS_MAX = 100;

const PATTERN = /^urn:epc:idpat:/i;

/** What one filter may hold in all, and how it says what is wrong: by the place, never by the value. */
export class FilterInput {
  private values = 0;
  private conditions = 0;

  /** @throws AppError QUERY_TOO_COMPLEX */
  enter(depth: number): void {
    if (depth > DEPTH_MAX) throw tooComplex(`filters nest ${DEPTH_MAX} deep at most`, DEPTH_MAX);
    this.addCondition();
  }

  /** A filter within the filter, or an item of a list of conditions. @throws AppError QUERY_TOO_COMPLEX */
  addCondition(): void {
    if (++this.conditions <= CONDITIONS_MAX) return;
    throw tooComplex(`a filter holds at most ${CONDITIONS_MAX} conditions`, CONDITIONS_MAX);
  }

  texts(values: readonly string[], path: Path): string[] {
    this.count(values.length);
    values.forEach((text, i) => {
      if (text.length > VALUE_CHARACTERS_MAX) {
        throw refuse(
          [...path, i],
          `a value in a filter has at most ${VALUE_CHARACTERS_MAX} characters`,
        );
      }
    });
    return [...values];
  }

  /** Identifiers in the one form in which events are known by them. */
  epcs(values: readonly string[], path: Path): string[] {
    return this.texts(values, path).map((text, i) => {
      if (!PATTERN.test(text) || parseIdentifier(text)) return canonicalEpc(text);
      throw refuse(
        [...path, i],
        'this pattern is not looked for',
        'only a serial number may be "*"',
      );
    });
  }

  /** Full URIs of terms, however they are spelt. */
  terms(kind: CbvKind, values: readonly string[], path: Path): string[] {
    return this.texts(values, path).map((text, i) => {
      const term = canonicalTerm(kind, text);
      if (term !== undefined) return term;
      throw refuse(
        [...path, i],
        'this is no term of the vocabulary',
        'a bare word of the CBV, its URI, URN or CURIE, or the absolute URI of a term of your own',
      );
    });
  }

  /** @throws AppError QUERY_TOO_COMPLEX */
  count(values: number): void {
    this.values += values;
    if (this.values > VALUES_MAX) {
      throw tooComplex(`a filter has at most ${VALUES_MAX} values`, VALUES_MAX);
    }
  }
}

export function refuse(path: Path, message: string, hint?: string): AppError {
  return new AppError('BAD_USER_INPUT', message, {
    pointer: formatPointer(path),
    ...(hint !== undefined && { hint }),
  });
}

function tooComplex(message: string, limit: number): AppError {
  return new AppError('QUERY_TOO_COMPLEX', message, {
    hint: 'ask several times, each for some of it',
    limit,
  });
}
