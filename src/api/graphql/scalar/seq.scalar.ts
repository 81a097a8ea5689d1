import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

export const SeqScalar = new GraphQLScalarType<number, number>({
  name: 'Seq',
  description: 'Position of an entry in its log: a whole number from 0 to 2^53 - 1, without gaps.',
  serialize: (value) => Number(value),
  parseValue: (value) => checkSeq(value),
  parseLiteral: (node) => checkSeq(node.kind === Kind.INT ? Number(node.value) : undefined),
});

function checkSeq(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new GraphQLError('not a position: a whole number from 0 to 2^53 - 1');
}
