import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isCid } from '../../../crypto/cid.js';

/** Serialising trusts our own stores: every CID in them was checked on the way in. */
export const CidScalar = new GraphQLScalarType<string, string>({
  name: 'CID',
  description:
    'Address of content: CID version 1, codec json (0x0200), sha2-256, base32 lower case; begins with "baga".',
  specifiedByURL: 'https://github.com/multiformats/cid',
  serialize: (value) => String(value),
  parseValue: (value) => checkCid(value),
  parseLiteral: (node) => checkCid(node.kind === Kind.STRING ? node.value : undefined),
});

function checkCid(value: unknown): string {
  if (typeof value === 'string' && isCid(value)) return value;
  throw new GraphQLError('not a CID: version 1, codec json, sha2-256, base32 lower case');
}
