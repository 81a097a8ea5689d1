import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  RecallCountsView,
  RecallGroupView,
  RecallUnitView,
  RecallView,
} from '../../../query/recall.js';
import type { RecallQuantity } from '../../../graph/trace/recall.js';
import type { ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { IncompleteReasonEnum } from '../enum/lineage.enum.js';
import { ItemStatusEnum } from '../item/item.enum.js';
import { RecallBucketEnum } from './recall.enum.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

/** A list of up to a thousand groups, plain values all of them. */
function groupCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return 50 * childComplexity;
}

@Rule('content.read')
@ObjectType('RecallCounts', {
  description: 'Numbers of units by where they are; they add up to `total`.',
  simpleResolvers: true,
})
export class RecallCountsType implements RecallCountsView {
  @Field(() => Int, { description: 'All of them.' })
  total!: number;

  @Field(() => Int, { description: 'At a known site.' })
  atSite!: number;

  @Field(() => Int, { description: 'Sent, and not yet seen to arrive.' })
  inTransit!: number;

  @Field(() => Int, { description: 'Given to a patient or sold to a consumer.' })
  dispensed!: number;

  @Field(() => Int, { description: 'Destroyed.' })
  destroyed!: number;

  @Field(() => Int, {
    description: 'With an identifier in use no more, or gone into a transformation.',
  })
  decommissioned!: number;

  @Field(() => Int, { description: 'Of which no event says where they are.' })
  unaccounted!: number;
}

@Rule('content.read')
@ObjectType('RecallGroup', {
  description: 'The units of one site, organisation or product.',
  simpleResolvers: true,
})
export class RecallGroupType implements RecallGroupView {
  @Field(() => String, {
    nullable: true,
    description: 'The site, organisation or product; null for units of which it is not known.',
  })
  id!: string | null;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'Its name, if master data says it.' })
  name!: string | null;

  @Rule('content.read')
  @Field(() => RecallCountsType, { description: 'How many, by where they are.' })
  counts!: RecallCountsView;
}

@Rule('content.read')
@ObjectType('RecallQuantity', {
  description: 'An amount of a recalled lot without serial numbers.',
  simpleResolvers: true,
})
export class RecallQuantityType implements RecallQuantity {
  @Field(() => String, { description: 'The lot with its GTIN: a canonical Digital Link.' })
  epcClass!: string;

  @Field(() => String, { description: 'EPC of the container it was put into.' })
  container!: string;

  @Field(() => Float, { description: 'What went in less what came out.' })
  amount!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Unit of measure: a code of UN/CEFACT Recommendation 20; null for pieces.',
  })
  uom!: string | null;

  @Field(() => Boolean, { description: 'False when some event named no amount.' })
  isExact!: boolean;
}

/** What is shown as it is; the units are listed when asked for. */
type Shown = Omit<RecallView, 'request' | 'question'>;

@Rule('content.read')
@ObjectType('RecallReport', {
  description:
    'Where the recalled units are. Units are serial numbers that were commissioned, each counted once.',
  simpleResolvers: true,
})
export class RecallReportType implements Shown {
  @Rule('content.read')
  @Field(() => RecallCountsType, { description: 'How many, by where they are.' })
  counts!: RecallCountsView;

  @Field(() => Int, {
    description:
      'How many are marked as recalled: the persistent disposition, set on them or on what they were in.',
  })
  recalled!: number;

  @Rule('content.read')
  @Field(() => [RecallGroupType], {
    complexity: groupCost,
    description:
      'By the site they are at, or left when under way, or were last seen at; most units first.',
  })
  bySite!: RecallGroupView[];

  @Rule('content.read')
  @Field(() => [RecallGroupType], {
    complexity: groupCost,
    description: 'By who has them: a party, or the site where events name no party.',
  })
  byCustodian!: RecallGroupView[];

  @Rule('content.read')
  @Field(() => [RecallGroupType], {
    complexity: groupCost,
    description: 'By who owns them, as far as transfers of ownership say.',
  })
  byOwner!: RecallGroupView[];

  @Rule('content.read')
  @Field(() => [RecallGroupType], {
    complexity: groupCost,
    description: 'By GTIN, for a lot number may be in use for more than one.',
  })
  byProduct!: RecallGroupView[];

  @Rule('content.read')
  @Field(() => [RecallQuantityType], {
    complexity: groupCost,
    description:
      'What is in containers of the lot without serial numbers, beside the units. Amounts outside of containers are not summed: see `quantityEvents`.',
  })
  quantities!: RecallQuantity[];

  @Field(() => Int, {
    description:
      'How many events name an amount of the lot without serial numbers, in a container or not.',
  })
  quantityEvents!: number;

  @Field(() => Boolean, { description: 'Whether this is all that is known here.' })
  isComplete!: boolean;

  @Field(() => IncompleteReasonEnum, {
    nullable: true,
    description: 'Why it is not, if it is not.',
  })
  reason!: Shown['reason'];

  @Field(() => DateTimeScalar, { description: 'The time of events it is the answer for.' })
  asOf!: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}

@Rule('content.read')
@ObjectType('RecallUnit', { description: 'One unit of a recall.', simpleResolvers: true })
export class RecallUnitType implements Omit<RecallUnitView, 'lastSeq' | 'item'> {
  @Field(() => String, { description: 'Its EPC: a canonical GS1 Digital Link.' })
  epc!: string;

  @Field(() => RecallBucketEnum, { description: 'Where it is.' })
  bucket!: RecallUnitView['bucket'];

  @Field(() => ItemStatusEnum, { description: 'Where it stands in its life.' })
  status!: string;

  @Field(() => String, { nullable: true, description: 'The last business step: full URI.' })
  bizStep!: string | null;

  @Field(() => String, { nullable: true, description: 'The last disposition: full URI.' })
  disposition!: string | null;

  @Field(() => Boolean, { description: 'Whether it is marked as recalled.' })
  isRecalled!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The site it is at, or left when under way, or was last seen at.',
  })
  site!: string | null;

  @Field(() => String, { nullable: true, description: 'Who has it: a party, or the site.' })
  custodian!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who owns it, if a transfer of ownership says so.',
  })
  owner!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when it has that status at that site.',
  })
  since!: number | null;

  @Field(() => String, { nullable: true, description: 'Lot, as its commissioning says.' })
  lot!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it can be used, as its commissioning says.',
  })
  expiry!: number | null;

  @Field(() => Boolean, { description: 'Whether its whole history was read.' })
  isComplete!: boolean;
}
