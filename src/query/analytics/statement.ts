import type { FactValue } from '../../facts/facts-reader.js';

/** The parameters of one statement. Nothing from outside is ever put into its text. */
export class Statement {
  readonly parameters: FactValue[] = [];

  /** @returns what stands for the value in the text; it may stand there more than once */
  readonly bind = (value: FactValue): string => `$${this.parameters.push(value)}`;

  /** True where the expression is one of the values. */
  isIn(expression: string, values: readonly number[] | readonly string[]): string {
    return `${expression} = ANY(${this.bind(values)})`;
  }
}
