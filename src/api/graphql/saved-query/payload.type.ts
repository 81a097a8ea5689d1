import { Field, ID, Int, ObjectType } from 'type-graphql';
import { UserErrorType } from '../capture/capture.type.js';
import { Rule } from '../rule.js';
import { QuerySubscriptionType, SavedQueryType } from './saved-query.type.js';

@Rule('own')
@ObjectType('SaveQueryPayload', { description: 'What came of saving.', simpleResolvers: true })
export class SaveQueryPayloadType {
  @Field(() => SavedQueryType, { nullable: true, description: 'The query; null when refused.' })
  query!: SavedQueryType | null;

  @Field(() => [UserErrorType], { description: 'Why it was not saved; empty when it was.' })
  userErrors!: UserErrorType[];
}

@Rule('own')
@ObjectType('DeleteQueryPayload', { description: 'What came of deleting.', simpleResolvers: true })
export class DeleteQueryPayloadType {
  @Field(() => [ID], { description: 'The subscriptions that ended with it.' })
  endedSubscriptions!: string[];

  @Field(() => [UserErrorType], { description: 'Why it was not deleted; empty when it was.' })
  userErrors!: UserErrorType[];
}

@Rule('own')
@ObjectType('SubscribeQueryPayload', {
  description: 'What came of subscribing.',
  simpleResolvers: true,
})
export class SubscribeQueryPayloadType {
  @Field(() => QuerySubscriptionType, {
    nullable: true,
    description: 'The subscription; null when refused.',
  })
  subscription!: QuerySubscriptionType | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Signs the deliveries (Standard Webhooks: `whsec_...`, HMAC-SHA256). It is told this once.',
  })
  secret!: string | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorType[];
}

@Rule('own')
@ObjectType('UnsubscribeQueryPayload', {
  description: 'What came of unsubscribing.',
  simpleResolvers: true,
})
export class UnsubscribeQueryPayloadType {
  @Field(() => ID, { nullable: true, description: 'What has ended; null when refused.' })
  id!: string | null;

  @Field(() => [UserErrorType], { description: 'Why it has not ended; empty when it has.' })
  userErrors!: UserErrorType[];
}

@Rule('own')
@ObjectType('ResumeSubscriptionPayload', {
  description: 'What came of resuming.',
  simpleResolvers: true,
})
export class ResumeSubscriptionPayloadType {
  @Field(() => QuerySubscriptionType, {
    nullable: true,
    description: 'The subscription; null when refused.',
  })
  subscription!: QuerySubscriptionType | null;

  @Field(() => [UserErrorType], { description: 'Why it does not go on; empty when it does.' })
  userErrors!: UserErrorType[];
}

@Rule('own')
@ObjectType('RedeliverPayload', {
  description: 'What came of delivering again.',
  simpleResolvers: true,
})
export class RedeliverPayloadType {
  @Field(() => Int, {
    nullable: true,
    description: 'How many events the receiver has taken now; null when it has not.',
  })
  delivered!: number | null;

  @Field(() => QuerySubscriptionType, {
    nullable: true,
    description: 'The subscription; null when it was not delivered.',
  })
  subscription!: QuerySubscriptionType | null;

  @Field(() => [UserErrorType], {
    description: 'Why it was not delivered; empty when it was. The dead letter stays.',
  })
  userErrors!: UserErrorType[];
}
