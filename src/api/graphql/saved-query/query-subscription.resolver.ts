import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { Rule } from '../rule.js';
import {
  RedeliverPayloadType,
  ResumeSubscriptionPayloadType,
  SubscribeQueryPayloadType,
  UnsubscribeQueryPayloadType,
} from './payload.type.js';
import { SubscribeQueryInput } from './saved-query.input.js';
import {
  DeadLetterType,
  QuerySubscriptionType,
  shapeLetter,
  shapeSubscription,
} from './saved-query.type.js';
import { userErrorsOf } from './user-error.js';

@Resolver(() => QuerySubscriptionType)
export class QuerySubscriptionResolver {
  @Rule('content.read')
  @Mutation(() => SubscribeQueryPayloadType, {
    complexity: 100,
    description:
      'Sends the events of a saved query to a webhook as EPCIS query documents, signed as Standard Webhooks are, until it is unsubscribed. Access is decided at each delivery, by the rights of the token that subscribed.',
  })
  async subscribeQuery(
    @Ctx() { rooms, reader }: ApiContext,
    @Arg('input', () => SubscribeQueryInput, { description: 'What, and where to.' })
    input: SubscribeQueryInput,
  ): Promise<SubscribeQueryPayloadType> {
    try {
      const { subscription, secret } = await rooms.watch.subscribe(reader, dropNulls(input));
      return { subscription: shapeSubscription(subscription), secret, userErrors: [] };
    } catch (error) {
      return { subscription: null, secret: null, userErrors: userErrorsOf(error, ['input']) };
    }
  }

  @Rule('own')
  @Mutation(() => UnsubscribeQueryPayloadType, {
    complexity: 20,
    description: 'Ends a subscription, with its dead letters.',
  })
  async unsubscribeQuery(
    @Ctx() { rooms, reader }: ApiContext,
    @Arg('id', () => ID, { description: 'Of the subscription.' }) id: string,
  ): Promise<UnsubscribeQueryPayloadType> {
    try {
      await rooms.watch.unsubscribe(reader, id);
      return { id, userErrors: [] };
    } catch (error) {
      return { id: null, userErrors: userErrorsOf(error, ['id']) };
    }
  }

  @Rule('content.read')
  @Mutation(() => ResumeSubscriptionPayloadType, {
    complexity: 20,
    description:
      'Lets a subscription go on at once where it stands, with the rights of the present token: one that gave up, one that is paused, or one that waits for its next attempt.',
  })
  async resumeSubscription(
    @Ctx() { rooms, reader }: ApiContext,
    @Arg('id', () => ID, { description: 'Of the subscription.' }) id: string,
  ): Promise<ResumeSubscriptionPayloadType> {
    try {
      const subscription = await rooms.watch.resume(reader, id);
      return { subscription: shapeSubscription(subscription), userErrors: [] };
    } catch (error) {
      return { subscription: null, userErrors: userErrorsOf(error, ['id']) };
    }
  }

  @Rule('content.read')
  @Mutation(() => RedeliverPayloadType, {
    complexity: 200,
    description:
      'Sends a delivery that was given up once more, beside what the subscription is at. The dead letter goes when the receiver has taken it.',
  })
  async redeliver(
    @Ctx() { rooms, reader }: ApiContext,
    @Arg('deadLetterId', () => ID, { description: 'Of the dead letter.' }) deadLetterId: string,
  ): Promise<RedeliverPayloadType> {
    try {
      const { events, subscription } = await rooms.watch.redeliver(reader, deadLetterId);
      const shaped = shapeSubscription(subscription);
      return { delivered: events, subscription: shaped, userErrors: [] };
    } catch (error) {
      const userErrors = userErrorsOf(error, ['deadLetterId']);
      return { delivered: null, subscription: null, userErrors };
    }
  }

  @Rule('own')
  @FieldResolver(() => [DeadLetterType], {
    complexity: ({ childComplexity }) => 5 + 5 * childComplexity,
    description: 'Deliveries that were given up, in the order of the log.',
  })
  deadLetters(
    @Root() { id }: QuerySubscriptionType,
    @Ctx() { rooms }: ApiContext,
  ): DeadLetterType[] {
    return rooms.watch.deadLetters({ id }).map(shapeLetter);
  }
}
