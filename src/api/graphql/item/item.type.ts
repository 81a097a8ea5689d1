import { Field, ObjectType } from 'type-graphql';
import type { ItemView } from '../../../query/item.js';
import { IncompleteReasonEnum } from '../enum/lineage.enum.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { ItemEvidenceType } from './evidence.type.js';
import { ItemStatusEnum } from './item.enum.js';
import { ItemLocationType, PlaceType } from './place.type.js';

/** What is shown of it as it is; what is worked out when asked for, the resolver adds. */
type Shown = Omit<
  ItemView,
  'trace' | 'moment' | 'question' | 'chain' | 'conflicts' | 'quantities' | 'persistentDispositions'
>;

@Rule('content.read')
@ObjectType('ItemPersistentDisposition', {
  description: 'A state that sticks to an item until it is unset.',
  simpleResolvers: true,
})
export class ItemPersistentDispositionType {
  @Field(() => String, { description: 'Full URI of the disposition.' })
  disposition!: string;

  @Rule('content.read')
  @Field(() => ItemEvidenceType, { description: 'The event that set it.' })
  evidence!: ItemEvidenceType;
}

@Rule('content.read')
@ObjectType('Item', {
  description: 'A thing with an identity of its own, and what events say of it at a moment.',
  simpleResolvers: true,
})
export class ItemType implements Shown {
  @Field(() => String, { description: 'Its EPC: a canonical GS1 Digital Link where it is a key.' })
  epc!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its EPC URN; null unless it was asked for by one, which alone tells the prefix.',
  })
  urn!: string | null;

  @Field(() => String, { nullable: true, description: 'Kind of GS1 key: "SGTIN", "SSCC".' })
  kind!: string | null;

  @Field(() => String, { nullable: true, description: 'GTIN, 14 digits.' })
  gtin!: string | null;

  @Field(() => String, { nullable: true, description: 'Serial number.' })
  serial!: string | null;

  @Field(() => String, { nullable: true, description: 'Lot, as its commissioning says.' })
  lot!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it can be used, as its commissioning says.',
  })
  expiry!: number | null;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'Name of the product in master data.' })
  productName!: string | null;

  @Field(() => ItemStatusEnum, { description: 'Where it stands in its life.' })
  status!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when it has that status at that site.',
  })
  since!: number | null;

  @Field(() => String, { nullable: true, description: 'The last business step: full URI.' })
  bizStep!: string | null;

  @Field(() => String, { nullable: true, description: 'The last disposition: full URI.' })
  disposition!: string | null;

  @Rule('content.read')
  @Field(() => ItemLocationType, { nullable: true, description: 'Where it is, if anything says.' })
  location!: ItemLocationType | null;

  @Rule('content.read')
  @Field(() => PlaceType, {
    nullable: true,
    description: 'Who has it: a party, or the site where events name no party.',
  })
  custodian!: PlaceType | null;

  @Rule('content.read')
  @Field(() => PlaceType, {
    nullable: true,
    description: 'Who owns it, if a transfer of ownership says so.',
  })
  owner!: PlaceType | null;

  @Field(() => Boolean, { description: 'Whether this is all that is known here.' })
  isComplete!: boolean;

  @Field(() => IncompleteReasonEnum, {
    nullable: true,
    description: 'Why it is not, if it is not.',
  })
  reason!: ItemView['reason'];

  @Field(() => SeqScalar, {
    nullable: true,
    description:
      'Last ledger position the answer knows of. Give it as `knownAt` to ask the same again.',
  })
  position!: number | null;
}
