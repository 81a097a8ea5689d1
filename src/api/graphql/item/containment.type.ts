import { Field, Float, Int, ObjectType } from 'type-graphql';
import { LEVELS_MAX } from '../../../graph/containment/chain.js';
import { listCost } from '../limit/cost.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { ItemEvidenceType } from './evidence.type.js';
import { ConflictKindEnum } from './item.enum.js';

@Rule('content.read')
@ObjectType('ItemContainer', {
  description: 'A container that an item is in.',
  simpleResolvers: true,
})
export class ItemContainerType {
  @Field(() => Int, { description: '1 for the innermost, which holds the item itself.' })
  level!: number;

  @Field(() => String, { description: 'The container.' })
  epc!: string;

  @Field(() => DateTimeScalar, { description: 'When what it holds was put into it.' })
  since!: number;

  @Rule('content.read')
  @Field(() => ItemEvidenceType, { description: 'The event that put it in.' })
  evidence!: ItemEvidenceType;
}

@Rule('content.read')
@ObjectType('ContainerChain', {
  description: 'What an item is in, and what that is in, and so on.',
  simpleResolvers: true,
})
export class ContainerChainType {
  @Rule('content.read')
  @Field(() => [ItemContainerType], {
    complexity: listCost(LEVELS_MAX),
    description: 'From the innermost outwards.',
  })
  containers!: ItemContainerType[];

  @Field(() => Boolean, { description: 'False when it goes on beyond the levels followed.' })
  isComplete!: boolean;
}

@Rule('content.read')
@ObjectType('ItemConflict', {
  description: 'An event that does not fit where the item is known to be. It is kept all the same.',
  simpleResolvers: true,
})
export class ItemConflictType {
  @Field(() => ConflictKindEnum, { description: 'How it does not fit.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'The container the event names.' })
  container!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The container the item was in at that moment, if another.',
  })
  other!: string | null;

  @Rule('content.read')
  @Field(() => ItemEvidenceType, { description: 'The event.' })
  evidence!: ItemEvidenceType;
}

@Rule('content.read')
@ObjectType('ItemQuantity', {
  description: 'What is left in a container of a class or lot packed without serial numbers.',
  simpleResolvers: true,
})
export class ItemQuantityType {
  @Field(() => String, { description: 'The class or lot.' })
  epcClass!: string;

  @Field(() => Float, {
    description: 'How much: what went in less what came out. Below zero, more came out.',
  })
  amount!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Unit, UN/CEFACT Recommendation 20; null for pieces.',
  })
  uom!: string | null;

  @Field(() => Boolean, { description: 'False when an event named no amount.' })
  isExact!: boolean;
}
