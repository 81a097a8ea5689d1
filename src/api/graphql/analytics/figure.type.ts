import { Field, Int, ObjectType } from 'type-graphql';
import type { AnalyticsView } from '../../../query/analytics/analytics.js';
import type { FigureAnswer, FigureGroup } from '../../../query/analytics/ask-figure.js';
import type { KeyView } from '../../../query/analytics/label.js';
import type { Page } from '../../../query/page.js';
import type { RecordView } from '../../../query/record.js';
import { PageInfoType } from '../page/page-info.type.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { AnalyticsReasonEnum, DimensionEnum } from './analytics.enum.js';

/** What a resolver of a group has at hand beside what is shown. */
export interface GroupRoot {
  view: AnalyticsView;
  answer: FigureAnswer;
  group: FigureGroup;
}

@Rule('analytics.read')
@ObjectType('AnalyticsKey', { description: 'What a group is of.', simpleResolvers: true })
export class AnalyticsKeyType implements KeyView {
  @Field(() => DimensionEnum, { description: 'In which respect.' })
  dimension!: KeyView['dimension'];

  @Field(() => String, {
    nullable: true,
    description:
      'What it is: identifier, term, code or time. For whoever may not read the records, a pseudonym in place of an identifier. Null where the record does not say, and in a withheld group.',
  })
  id!: string | null;

  @Rule('content.read')
  @Field(() => String, {
    nullable: true,
    description: 'Its name, if a record says it and the viewer may read it.',
  })
  name!: string | null;
}

@Rule('content.read')
@ObjectType('AnalyticsRecordConnection', {
  description: 'A page of the records behind a group, in ledger order.',
  simpleResolvers: true,
})
export class AnalyticsRecordConnectionType {
  page!: Page<RecordView>;

  @Rule('content.read')
  @Field(() => [RecordType], { description: 'The records of this page.' })
  nodes!: RecordView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}

@Rule('content.read')
@ObjectType('AnalyticsRecordEdge', {
  description: 'A record behind a group and its place.',
  simpleResolvers: true,
})
export class AnalyticsRecordEdgeType {
  page!: Page<RecordView>;

  @Rule('content.read')
  @Field(() => RecordType, { description: 'The record.' })
  node!: RecordView;
}

/** What every group has. */
@ObjectType()
export abstract class GroupBase implements GroupRoot {
  view!: AnalyticsView;
  answer!: FigureAnswer;
  group!: FigureGroup;

  @Field(() => [AnalyticsKeyType], { description: 'What the group is of, in the order asked for.' })
  keys!: KeyView[];

  @Field(() => Int, {
    nullable: true,
    description:
      'How many distinct patients (of claims), units (of supply) or records (of captures) stand behind it; null when withheld.',
  })
  subjects!: number | null;

  @Field(() => Boolean, {
    description:
      'True when the group is not told because too few stand behind it, or because it would give such a group away: all its measures are null. A measure about fewer than 11 of a group that is told is null too.',
  })
  isWithheld!: boolean;
}

/** What every figure has beside its groups. */
@ObjectType()
export abstract class FigureBase {
  @Field(() => Boolean, { description: 'Whether this is all there is.' })
  isComplete!: boolean;

  @Field(() => AnalyticsReasonEnum, {
    nullable: true,
    description: 'Why it is not; null when it is.',
  })
  reason!: FigureAnswer['reason'];

  @Field(() => Int, { description: 'How many of its groups are withheld.' })
  withheld!: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position it knows of; null while none is known.',
  })
  asOfPosition!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Start of the window as it was taken; null for none.',
  })
  from!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'End of the window as it was taken; null for none.',
  })
  to!: number | null;
}
