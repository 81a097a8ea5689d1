import 'reflect-metadata';
import { isInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { AlertConnectionResolver, AlertEdgeResolver } from './alert/alert-connection.resolver.js';
import { AlertResolver } from './alert/alert.resolver.js';
import { AnalyticsResolver } from './analytics/analytics.resolver.js';
import { ClaimAnalyticsResolver } from './analytics/claim-analytics.resolver.js';
import {
  AnalyticsRecordConnectionResolver,
  AnalyticsRecordEdgeResolver,
  GROUP_RESOLVERS,
} from './analytics/group.resolver.js';
import { CaptureResolver } from './capture/capture.resolver.js';
import { DatasetFreshnessResolver } from './dataset/dataset-connection.resolver.js';
import { DatasetResolver } from './dataset/dataset.resolver.js';
import { EntryConnectionResolver, EntryEdgeResolver } from './entry/entry-connection.resolver.js';
import { EntryResolver } from './entry/entry.resolver.js';
import { EventConnectionResolver, EventEdgeResolver } from './event/event-connection.resolver.js';
import { EventResolver } from './event/event.resolver.js';
import { ImpactResolver } from './impact/impact.resolver.js';
import { ItemEvidenceResolver } from './item/evidence.resolver.js';
import {
  ItemChildConnectionResolver,
  ItemChildEdgeResolver,
  ItemHistoryConnectionResolver,
  ItemHistoryEdgeResolver,
} from './item/item-connection.resolver.js';
import { ItemResolver } from './item/item.resolver.js';
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
import {
  ReachedRecordConnectionResolver,
  ReachedRecordEdgeResolver,
  ReachedRecordResolver,
  RecallReachResolver,
} from './recall/recall-reach.resolver.js';
import {
  RecallResolver,
  RecallUnitConnectionResolver,
  RecallUnitEdgeResolver,
  RecallUnitResolver,
} from './recall/recall.resolver.js';
import { VerifyProductResolver } from './verify-product/verify-product.resolver.js';
import { QuerySubscriptionResolver } from './saved-query/query-subscription.resolver.js';
import { SavedQueryResolver } from './saved-query/saved-query.resolver.js';
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
        AlertConnectionResolver,
        AlertEdgeResolver,
        AlertResolver,
        AnalyticsRecordConnectionResolver,
        AnalyticsRecordEdgeResolver,
        AnalyticsResolver,
        CaptureResolver,
        ClaimAnalyticsResolver,
        ...GROUP_RESOLVERS,
        DatasetFreshnessResolver,
        DatasetResolver,
        EntryConnectionResolver,
        EntryEdgeResolver,
        EntryResolver,
        EventConnectionResolver,
        EventEdgeResolver,
        EventResolver,
        ImpactResolver,
        ItemChildConnectionResolver,
        ItemChildEdgeResolver,
        ItemEvidenceResolver,
        ItemHistoryConnectionResolver,
        ItemHistoryEdgeResolver,
        ItemResolver,
        LineageResolver,
        LogResolver,
        NodeResolver,
        PathResolver,
        ProvenanceResolver,
        QuerySubscriptionResolver,
        RecordConnectionResolver,
        RecordEdgeResolver,
        RecordResolver,
        SavedQueryResolver,
        RecallResolver,
        RecallUnitConnectionResolver,
        RecallUnitEdgeResolver,
        RecallUnitResolver,
        RecallReachResolver,
        ReachedRecordResolver,
        ReachedRecordConnectionResolver,
        ReachedRecordEdgeResolver,
        VerifyProductResolver,
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
