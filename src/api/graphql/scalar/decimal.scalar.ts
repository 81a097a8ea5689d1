import { GraphQLError, GraphQLScalarType } from 'graphql';

/** Amounts are text inside and outside: no binary fraction is exact to the cent. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as text: "1234.50". Never rounded to a binary fraction.',
  serialize: (value) => String(value),
  parseValue: (value) => checkDecimal(value),
  parseLiteral: (node) => checkDecimal('value' in node ? node.value : undefined),
});

function checkDecimal(value: unknown): string {
  if (typeof value === 'string' && /^-?\d{1,18}(\.\d{1,18})?$/.test(value)) return value;
  throw new GraphQLError('not a decimal number: digits, with a point at most');
}
