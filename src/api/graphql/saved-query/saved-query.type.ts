import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { DeadLetter, QuerySubscription } from '../../../watch/query-subscription.js';
import type { SavedQuery } from '../../../watch/saved-query.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { DeliveryFaultEnum, SubscriptionStateEnum } from './saved-query.enum.js';

@Rule('own')
@ObjectType('SavedQuery', {
  description: 'A question over events, kept by a name. Seen by the caller who saved it only.',
  simpleResolvers: true,
})
export class SavedQueryType {
  /** What is answered from. */
  query!: SavedQuery;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description!: string | null;

  @Field(() => String, {
    description:
      'The filter as it was understood, as JSON: identifiers canonical, terms as full URIs, times in ms.',
  })
  filter!: string;

  @Field(() => DateTimeScalar, { description: 'When it was saved.' })
  createdAt!: number;
}

@Rule('own')
@ObjectType('QuerySubscription', {
  description:
    'A saved query whose events are sent to a webhook: at least once, in the order of the log, none left out.',
  simpleResolvers: true,
})
export class QuerySubscriptionType {
  @Field(() => ID, { description: 'Names it.' })
  id!: string;

  @Field(() => String, { description: 'Name of the saved query.' })
  queryName!: string;

  @Field(() => String, { description: 'Where it is sent.' })
  url!: string;

  @Field(() => SubscriptionStateEnum, { description: 'Whether it delivers.' })
  state!: string;

  @Field(() => DateTimeScalar, { description: 'When it was subscribed.' })
  createdAt!: number;

  @Field(() => SeqScalar, {
    description:
      'The next position of the log to look at: what lies before was delivered, lies among the dead letters, or is not asked for.',
  })
  position!: number;

  @Field(() => Int, { description: 'How many events the receiver has taken.' })
  delivered!: number;

  @Field(() => Int, {
    description: 'How many events were left out: erased, or not for the owner to read.',
  })
  withheld!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the receiver last took something.',
  })
  deliveredAt!: number | null;

  @Field(() => Int, { description: 'Attempts that failed, in a row; 33 at most.' })
  failures!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the delivery that failed is tried again.',
  })
  nextAttemptAt!: number | null;

  @Field(() => DeliveryFaultEnum, { nullable: true, description: 'Why the last attempt failed.' })
  fault!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the last answer, when it was REFUSED.',
  })
  status!: number | null;
}

@Rule('own')
@ObjectType('DeadLetter', {
  description: 'A delivery that was given up. Its events lie in the log; they can be sent again.',
  simpleResolvers: true,
})
export class DeadLetterType {
  @Field(() => ID, { description: 'Names it.' })
  id!: string;

  @Field(() => SeqScalar, { description: 'The first position of the log it is about.' })
  from!: number;

  @Field(() => SeqScalar, { description: 'The last.' })
  to!: number;

  @Field(() => Int, { description: 'How many events it had.' })
  events!: number;

  @Field(() => DateTimeScalar, { description: 'When it was given up.' })
  at!: number;

  @Field(() => DeliveryFaultEnum, { description: 'Why the last attempt failed.' })
  fault!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the last answer, when it was REFUSED.',
  })
  status!: number | null;
}

export function shapeQuery(query: SavedQuery): SavedQueryType {
  const { name, description = null, filter, createdAt } = query;
  return { query, name, description, filter: JSON.stringify(filter), createdAt };
}

/** Without its secret. */
export function shapeSubscription(subscription: QuerySubscription): QuerySubscriptionType {
  const { id, queryName, url, state, createdAt, position } = subscription;
  const { delivered, withheld, failures } = subscription;
  const { deliveredAt = null, nextAttemptAt = null, fault = null, status = null } = subscription;
  return {
    ...{ id, queryName, url, state, createdAt, position },
    ...{ delivered, withheld, failures, deliveredAt, nextAttemptAt, fault, status },
  };
}

export function shapeLetter({ id, from, to, events, at, ...letter }: DeadLetter): DeadLetterType {
  const { fault, status = null } = letter;
  return { id, from, to, events, at, fault, status };
}
