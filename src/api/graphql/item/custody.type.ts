import { Field, ObjectType } from 'type-graphql';
import { listCost } from '../limit/cost.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { ItemEvidenceType } from './evidence.type.js';
import { CustodyGapKindEnum } from './item.enum.js';

@Rule('content.read')
@ObjectType('CustodySegment', {
  description: 'While one party had the item, or one site where events name no party.',
  simpleResolvers: true,
})
export class CustodySegmentType {
  @Field(() => String, { description: 'The party or the site.' })
  custodian!: string;

  @Field(() => DateTimeScalar, { description: 'From when.' })
  from!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when; null while it does.' })
  to!: number | null;

  @Rule('content.read')
  @Field(() => ItemEvidenceType, { description: 'The event that shows it first.' })
  evidence!: ItemEvidenceType;
}

@Rule('content.read')
@ObjectType('CustodyGap', {
  description: 'A time for which no event says who had the item.',
  simpleResolvers: true,
})
export class CustodyGapType {
  @Field(() => CustodyGapKindEnum, { description: 'What is missing.' })
  kind!: string;

  @Field(() => DateTimeScalar, { description: 'The last event before.' })
  from!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The first event behind; null while there is none.',
  })
  to!: number | null;

  @Rule('content.read')
  @Field(() => [ItemEvidenceType], { description: 'The events on both sides of it.' })
  evidence!: ItemEvidenceType[];
}

@Rule('content.read')
@ObjectType('Custody', { description: 'Who had an item, and when.', simpleResolvers: true })
export class CustodyType {
  @Rule('content.read')
  @Field(() => [CustodySegmentType], {
    complexity: listCost(100),
    description: 'One after the other, oldest first.',
  })
  segments!: CustodySegmentType[];

  @Rule('content.read')
  @Field(() => [CustodyGapType], {
    complexity: listCost(100),
    description: 'Where the chain of custody is broken.',
  })
  gaps!: CustodyGapType[];
}
