import 'reflect-metadata';
import { isInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { CaptureResolver } from './capture/capture.resolver.js';
import { EntryConnectionResolver, EntryEdgeResolver } from './entry/entry-connection.resolver.js';
import { EntryResolver } from './entry/entry.resolver.js';
import { LineageResolver } from './lineage/lineage.resolver.js';
import { LogResolver } from './log/log.resolver.js';
import { NodeResolver } from './node/node.resolver.js';
import { PathResolver } from './path/path.resolver.js';
import { ProvenanceResolver } from './provenance/provenance.resolver.js';
import {
  RecordConnectionResolver,
  RecordEdgeResolver,
} from './record/record-connection.resolver.js';
import { RecordResolver } from './record/record.resolver.js';
import { ViewerResolver } from './viewer/viewer.resolver.js';

/** Inputs of which exactly one field is given; type-graphql has no word for them. */
const ONE_OF = ['RecordAddress'];

/** type-graphql describes every type but these. */
const ROOTS = {
  Query: 'What can be asked. Facts of the ledger are open to everyone; records need a token.',
  Mutation: 'What can be done. Nothing is ever changed in place: a correction is a new version.',
  Subscription: 'What can be listened to.',
};

let built: GraphQLSchema | undefined;

/** The schema of the API; built once. */
export function buildApiSchema(): GraphQLSchema {
  return (built ??= complete(
    buildSchemaSync({
      resolvers: [
        CaptureResolver,
        EntryConnectionResolver,
        EntryEdgeResolver,
        EntryResolver,
        LineageResolver,
        LogResolver,
        NodeResolver,
        PathResolver,
        ProvenanceResolver,
        RecordConnectionResolver,
        RecordEdgeResolver,
        RecordResolver,
        ViewerResolver,
      ],
      pubSub: NO_PUB_SUB,
      validate: false,
    }),
  ));
}

/** type-graphql asks for one wherever there is a subscription; ours bring their own iterators. */
const NO_PUB_SUB: PubSub = {
  publish: () => {},
  subscribe: () => {
    throw new TypeError('there are no topics');
  },
};

function complete(schema: GraphQLSchema): GraphQLSchema {
  for (const name of ONE_OF) {
    const type = schema.getType(name);
    if (isInputObjectType(type)) type.isOneOf = true;
  }
  for (const [name, description] of Object.entries(ROOTS)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  return schema;
}
