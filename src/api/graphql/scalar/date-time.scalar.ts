import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Inside, a time is milliseconds since the epoch. */
export const DateTimeScalar = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description:
    'A point in time, RFC 3339; answered in UTC with milliseconds: "2026-01-31T08:30:00.000Z".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => new Date(value as number).toISOString(),
  parseValue: (value) => parseDateTime(value),
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function parseDateTime(value: unknown): number {
  const [text, year, month, day] = (typeof value === 'string' && RFC3339.exec(value)) || [];
  if (text !== undefined && Number(day) <= daysOf(Number(year), Number(month))) {
    // Date has no second 60: the one before stands for it
    const time = Date.parse(text.toUpperCase().replace(/:60(?=[.Z+-])/, ':59'));
    if (!Number.isNaN(time)) return time;
  }
  throw new GraphQLError('not a time: RFC 3339 with a zone, like 2026-01-31T08:30:00Z');
}

function daysOf(year: number, month: number): number {
  return month >= 1 && month <= 12 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 0;
}
