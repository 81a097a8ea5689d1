import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { EventView, TypedView } from '../../../query/event.js';
import type { QuantityFact } from '../../../record/epcis/fact/event-fact.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { EpcisActionEnum, QuantityListEnum } from './event.enum.js';

@Rule('content.read')
@ObjectType('TypedReference', {
  description: 'A business transaction, a source or a destination, with its type.',
  simpleResolvers: true,
})
export class TypedReferenceType implements TypedView {
  @Field(() => String, { nullable: true, description: 'Its type: the full URI of a CBV term.' })
  type!: string | null;

  @Rule('content.read')
  @Field(() => String, { description: 'What it is: a transaction, a party or a place.' })
  value!: string;
}

@Rule('content.read')
@ObjectType('PersistentDisposition', {
  description: 'States that stick to a thing until they are unset.',
  simpleResolvers: true,
})
export class PersistentDispositionType {
  @Field(() => [String], { description: 'Set by the event: full URIs.' })
  set!: string[];

  @Field(() => [String], { description: 'Unset by the event: full URIs.' })
  unset!: string[];
}

@Rule('content.read')
@ObjectType('EpcList', {
  description: 'The beginning of a list of instances.',
  simpleResolvers: true,
})
export class EpcListType {
  @Field(() => Int, { description: 'How many there are in the whole list.' })
  total!: number;

  @Field(() => [String], {
    description: 'As many as were asked for, as GS1 Digital Links where they are GS1 keys.',
  })
  epcs!: string[];
}

@Rule('content.read')
@ObjectType('EpcisQuantity', {
  description: 'So much of a class or lot.',
  simpleResolvers: true,
})
export class EpcisQuantityType implements QuantityFact {
  @Field(() => QuantityListEnum, { description: 'In which list it stands.' })
  list!: keyof typeof QuantityListEnum;

  @Field(() => String, { description: 'The class or lot, as a GS1 Digital Link where it is one.' })
  epcClass!: string;

  @Field(() => Float, { nullable: true, description: 'How much; null for some.' })
  quantity?: number;

  @Field(() => String, {
    nullable: true,
    description: 'Unit, UN/CEFACT Recommendation 20; null for pieces.',
  })
  uom?: string;
}

@Rule('content.read')
@ObjectType('EpcisEvent', {
  description:
    'An EPCIS event: what, when, where, why and how. Terms of the CBV are full URIs, GS1 keys canonical Digital Links.',
  simpleResolvers: true,
})
export class EpcisEventType implements Omit<EventView, 'event'> {
  /** The view it is shown of; lists and content are opened from it when asked for. */
  event!: EventView['event'];

  @Field(() => SeqScalar, { description: 'Position of its record in the log.' })
  seq!: number;

  @Field(() => String, { nullable: true, description: 'Its own id, if it has one.' })
  eventID!: string | null;

  @Field(() => String, { description: '"ObjectEvent", "AggregationEvent" and so on.' })
  type!: string;

  @Field(() => EpcisActionEnum, {
    nullable: true,
    description: 'What it did; null for a TransformationEvent.',
  })
  action!: EventView['action'];

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  eventTime!: number;

  @Field(() => DateTimeScalar, { description: 'When the log took it.' })
  recordTime!: number;

  @Field(() => String, { nullable: true, description: 'The business step.' })
  bizStep!: string | null;

  @Field(() => String, { nullable: true, description: 'The disposition of the things afterwards.' })
  disposition!: string | null;

  @Rule('content.read')
  @Field(() => PersistentDispositionType, {
    nullable: true,
    description: 'What it set or unset for good.',
  })
  persistentDisposition!: PersistentDispositionType | null;

  @Field(() => String, { nullable: true, description: 'Where it was seen.' })
  readPoint!: string | null;

  @Field(() => String, { nullable: true, description: 'Where the things are afterwards.' })
  bizLocation!: string | null;

  @Field(() => String, { nullable: true, description: 'The container, or what is associated to.' })
  parentID!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What parts of one transformation have in common.',
  })
  transformationID!: string | null;

  @Field(() => [TypedReferenceType], { description: 'Business transactions it belongs to.' })
  @Rule('content.read')
  bizTransactions!: TypedView[];

  @Field(() => [TypedReferenceType], { description: 'Where a transfer comes from.' })
  @Rule('content.read')
  sources!: TypedView[];

  @Field(() => [TypedReferenceType], { description: 'Where a transfer goes to.' })
  @Rule('content.read')
  destinations!: TypedView[];

  @Field(() => String, { nullable: true, description: 'Lot of what was made, from its ILMD.' })
  lot!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'End of the day or moment until which what was made can be used, from its ILMD.',
  })
  expiry!: number | null;

  @Field(() => Boolean, {
    description: 'An error declaration or a later version stands in its place.',
  })
  isVoided!: boolean;

  @Field(() => Boolean, {
    description: 'It is itself a declaration that an event was captured in error.',
  })
  isErrorDeclaration!: boolean;
}
