import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { AlertReason, AlertType as Type } from '../../../graph/alert/suspicion.js';
import type { AlertExplanationView, AlertPage, AlertView } from '../../../query/alert.js';
import type { EventView } from '../../../query/event.js';
import { EpcisEventType } from '../event/event.type.js';
import { PageInfoType } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { AlertReasonEnum, AlertStatusEnum, AlertTypeEnum } from './alert.enum.js';

@Rule('content.read')
@ObjectType('AlertExplanation', { description: 'What is odd, and why.', simpleResolvers: true })
export class AlertExplanationType implements AlertExplanationView {
  @Field(() => AlertReasonEnum, { description: 'What exactly is odd.' })
  reason!: AlertReason;

  @Rule('content.read')
  @Field(() => String, { description: 'The same as a sentence.' })
  text!: string;
}

@Rule('content.read')
@ObjectType('Alert', {
  description:
    'Something odd about an item, one for each type, item and first evidence. Derived from the events as they are known at present; withdrawn when its evidence is voided or later events explain it.',
  simpleResolvers: true,
})
export class AlertObjectType implements Omit<AlertView, 'node'> {
  @Field(() => ID, { description: 'Opaque; the same as long as the alert stands.' })
  id!: string;

  @Field(() => AlertTypeEnum, { description: 'What is suspected.' })
  type!: Type;

  @Field(() => AlertStatusEnum, { description: 'What it claims: always a suspicion.' })
  status!: 'SUSPECT';

  @Rule('content.read')
  @Field(() => [AlertExplanationType], { description: 'All that is odd at the first evidence.' })
  reasons!: AlertExplanationView[];

  @Field(() => String, { description: 'EPC of the item, canonical.' })
  item!: string;

  @Field(() => DateTimeScalar, {
    description:
      'When the first evidence happened; of goods not received, when the fourteen days were over.',
  })
  raisedAt!: number;

  @Field(() => SeqScalar, {
    description: 'Ledger position of the last thing it rests on: from there it could be known.',
  })
  knownAt!: number;

  @Rule('content.read')
  @Field(() => [EpcisEventType], {
    description:
      'The events it rests on: first the one that made it suspect, then what that contradicts, then what goes on with it; 20 at most.',
    complexity: ({ childComplexity }) => 5 * (1 + childComplexity),
  })
  evidence!: EventView[];

  @Field(() => Int, { description: 'How many events it rests on in all.' })
  evidenceCount!: number;
}

@Rule('content.read')
@ObjectType('AlertConnection', { description: 'A page of alerts.', simpleResolvers: true })
export class AlertConnectionType {
  /** The page as the query room answered it; edges and counts are taken from it when asked for. */
  page!: AlertPage;

  @Rule('content.read')
  @Field(() => [AlertObjectType], { description: 'The alerts of this page.' })
  nodes!: AlertView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => Int, {
    description:
      'How many items have still to be looked at before the alerts tell of all up to `position`; 0 when they do. Counted up to 10,000.',
  })
  pending!: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}

@Rule('content.read')
@ObjectType('AlertEdge', {
  description: 'An alert and its place in the list.',
  simpleResolvers: true,
})
export class AlertEdgeType {
  page!: AlertPage;

  @Rule('content.read')
  @Field(() => AlertObjectType, { description: 'The alert.' })
  node!: AlertView;
}
