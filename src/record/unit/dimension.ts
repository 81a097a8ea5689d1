/**
 * Units of one kind of quantity, by their UN/CEFACT Recommendation 20 codes: how many of the base unit each is. Factors
 * are the exact ones of the definitions; the Recommendation's own tables round some of them to seven digits.
 */
export interface Dimension {
  /** Code of the coherent SI unit. */
  base: string;
  /** The base unit itself is not among them. */
  factors: Readonly<Record<string, number>>;
}
