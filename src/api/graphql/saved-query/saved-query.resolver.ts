import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { parseEventFilter } from '../../../query/event-filter.js';
import { checkEventReader, listEvents } from '../../../query/event-list.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { EventConnectionType } from '../event/event-connection.type.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { DeleteQueryPayloadType, SaveQueryPayloadType } from './payload.type.js';
import { SaveQueryInput } from './saved-query.input.js';
import {
  QuerySubscriptionType,
  SavedQueryType,
  shapeQuery,
  shapeSubscription,
} from './saved-query.type.js';
import { userErrorsOf } from './user-error.js';

/** So much that the events of all saved queries, which may be a hundred, cannot be asked for at once. */
const EVENTS_COST = 1_000;

@Resolver(() => SavedQueryType)
export class SavedQueryResolver {
  @Rule('own')
  @Query(() => [SavedQueryType], {
    complexity: ({ childComplexity }) => 10 + 20 * childComplexity,
    description: 'The queries the caller has saved, by name.',
  })
  savedQueries(@Ctx() { rooms, reader }: ApiContext): SavedQueryType[] {
    return rooms.watch.queries(reader).map(shapeQuery);
  }

  @Rule('own')
  @Query(() => SavedQueryType, {
    nullable: true,
    description: 'A query the caller has saved; null when there is none of this name.',
  })
  savedQuery(
    @Ctx() { rooms, reader }: ApiContext,
    @Arg('name', () => String, { description: 'Its name.' }) name: string,
  ): SavedQueryType | null {
    const query = rooms.watch.query(reader, name);
    return query ? shapeQuery(query) : null;
  }

  @Rule('content.read')
  @Mutation(() => SaveQueryPayloadType, {
    complexity: 50,
    description:
      'Keeps a filter of events by a name. What is saved never changes: the same again is no mistake, something else by the same name is refused.',
  })
  async saveQuery(
    @Ctx() { rooms, reader }: ApiContext,
    @Arg('input', () => SaveQueryInput, { description: 'Name and filter.' }) input: SaveQueryInput,
  ): Promise<SaveQueryPayloadType> {
    checkEventReader(reader);
    try {
      const { filter: question, ...named } = dropNulls(input);
      const filter = parseEventFilter(question, []);
      const query = await rooms.watch.saveQuery(reader, { ...named, filter });
      return { query: shapeQuery(query), userErrors: [] };
    } catch (error) {
      return { query: null, userErrors: userErrorsOf(error, ['input', 'filter']) };
    }
  }

  @Rule('own')
  @Mutation(() => DeleteQueryPayloadType, {
    complexity: 20,
    description: 'Deletes a saved query; its subscriptions end with it.',
  })
  async deleteQuery(
    @Ctx() { rooms, reader }: ApiContext,
    @Arg('name', () => String, { description: 'Its name.' }) name: string,
  ): Promise<DeleteQueryPayloadType> {
    try {
      const endedSubscriptions = await rooms.watch.deleteQuery(reader, name);
      return { endedSubscriptions, userErrors: [] };
    } catch (error) {
      return { endedSubscriptions: [], userErrors: userErrorsOf(error, ['name']) };
    }
  }

  @Rule('own')
  @FieldResolver(() => [QuerySubscriptionType], {
    complexity: ({ childComplexity }) => 5 + 5 * childComplexity,
    description: 'Its subscriptions, oldest first.',
  })
  subscriptions(
    @Root() { query }: SavedQueryType,
    @Ctx() { rooms }: ApiContext,
  ): QuerySubscriptionType[] {
    return rooms.watch.subscriptions(query).map(shapeSubscription);
  }

  @Rule('content.read')
  @FieldResolver(() => EventConnectionType, {
    nullable: true,
    complexity: pageCost(EVENTS_COST),
    description:
      'Its events as of now, in the order of the log. To be asked of one query at a time: of all at once it costs too much.',
  })
  async events(
    @Root() { query }: SavedQueryType,
    @Ctx() { reader }: ApiContext,
    @First()
    first?: number,
    @After()
    after?: string,
  ): Promise<EventConnectionType> {
    const page = await listEvents(reader, {
      filter: query.filter,
      orderBy: 'RECORD_ASC',
      ...dropNulls({ first, after }),
    });
    const pageInfo = { ...formatPageInfo(page), endCursor: page.endCursor };
    return { page, nodes: page.nodes, pageInfo, position: page.position };
  }
}
