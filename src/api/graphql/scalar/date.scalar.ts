import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { parseFhirDate } from '../../../record/instant.js';

/** Inside and outside, a day is its text. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A day, RFC 3339 full-date: "2027-05-31".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => String(value),
  parseValue: (value) => checkDate(value),
  parseLiteral: (node) => checkDate(node.kind === Kind.STRING ? node.value : undefined),
});

function checkDate(value: unknown): string {
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  if (isDay && parseFhirDate(value)) return value;
  throw new GraphQLError('not a day: RFC 3339 full-date, like 2027-05-31');
}
