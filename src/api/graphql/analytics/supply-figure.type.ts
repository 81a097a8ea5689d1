import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { FigureBase, GroupBase } from './figure.type.js';

const MS = { nullable: true } as const;

@Rule('analytics.read')
@ObjectType('ThroughputGroup', { description: 'Events of one group.', simpleResolvers: true })
export class ThroughputGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Events that count: not voided, not repeats.' })
  events!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Distinct instances the events name; containers as themselves.',
  })
  units!: number | null;

  @Field(() => Float, {
    ...MS,
    description: 'Median time from the event to its place on the ledger, milliseconds.',
  })
  lagP50Ms!: number | null;

  @Field(() => Float, { ...MS, description: '95th percentile of the same.' })
  lagP95Ms!: number | null;
}

@Rule('analytics.read')
@ObjectType('ThroughputFigure', {
  description: 'How many supply events and units, and how soon they were captured.',
  simpleResolvers: true,
})
export class ThroughputFigure extends FigureBase {
  @Field(() => [ThroughputGroup], { description: 'By what was asked; most events first.' })
  groups!: ThroughputGroup[];
}

@Rule('analytics.read')
@ObjectType('CaptureGroup', { description: 'Records of one group.', simpleResolvers: true })
export class CaptureGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Record versions captured.' })
  versions!: number | null;

  @Field(() => Float, { nullable: true, description: 'Bytes of them.' })
  sizeBytes!: number | null;

  @Field(() => Float, {
    ...MS,
    description: 'Median time from what the record says of its time to the ledger, milliseconds.',
  })
  lagP50Ms!: number | null;

  @Field(() => Float, { ...MS, description: '95th percentile of the same.' })
  lagP95Ms!: number | null;
}

@Rule('analytics.read')
@ObjectType('CaptureFigure', {
  description: 'Records of all classes the viewer has figures of, by the time of their capture.',
  simpleResolvers: true,
})
export class CaptureFigure extends FigureBase {
  @Field(() => [CaptureGroup], { description: 'By what was asked; most versions first.' })
  groups!: CaptureGroup[];
}

@Rule('analytics.read')
@ObjectType('DwellGroup', { description: 'Stays of one group.', simpleResolvers: true })
export class DwellGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Stays, open ones among them.' })
  stays!: number | null;

  @Field(() => Int, { nullable: true, description: 'Distinct units.' })
  units!: number | null;

  @Field(() => Int, { nullable: true, description: 'Stays that have not ended.' })
  open!: number | null;

  @Field(() => Float, { ...MS, description: 'Median length of ended stays, milliseconds.' })
  p50Ms!: number | null;

  @Field(() => Float, { ...MS, description: '90th percentile of the same.' })
  p90Ms!: number | null;

  @Field(() => Float, { ...MS, description: '95th percentile of the same.' })
  p95Ms!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the oldest open stay began; null for whoever may not read the records.',
  })
  openSince!: number | null;
}

@Rule('analytics.read')
@ObjectType('DwellFigure', {
  description: 'How long units stay at a place, by the time at which stays begin.',
  simpleResolvers: true,
})
export class DwellFigure extends FigureBase {
  @Field(() => [DwellGroup], { description: 'By site unless asked otherwise; most stays first.' })
  groups!: DwellGroup[];
}

@Rule('analytics.read')
@ObjectType('FlowGroup', {
  description: 'A link of the flow: what was sent from one to the other.',
  simpleResolvers: true,
})
export class FlowGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Distinct units sent.' })
  units!: number | null;

  @Field(() => Int, { nullable: true, description: 'Events that sent them.' })
  shipments!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of the units sent, how often one arrived.' })
  received!: number | null;

  @Field(() => Float, {
    ...MS,
    description: 'Median time on the way of what has arrived, milliseconds.',
  })
  transitP50Ms!: number | null;

  @Field(() => Float, { ...MS, description: '95th percentile of the same.' })
  transitP95Ms!: number | null;
}

@Rule('analytics.read')
@ObjectType('FlowNode', {
  description: 'A node of the flow: who sends or receives, summed over the links told.',
  simpleResolvers: true,
})
export class FlowNode {
  @Field(() => String, {
    nullable: true,
    description: 'As the keys of links give it; null where nobody is named.',
  })
  id!: string | null;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'Its name, as the keys of links give it.' })
  name!: string | null;

  @Field(() => Int, { description: 'Units of the links that lead away.' })
  unitsOut!: number;

  @Field(() => Int, { description: 'Units of the links that lead here.' })
  unitsIn!: number;
}

@Rule('analytics.read')
@ObjectType('FlowFigure', {
  description:
    'Who sends what to whom, a Sankey diagram, by the time of sending. A unit sent in a container counts as itself.',
  simpleResolvers: true,
})
export class FlowFigure extends FigureBase {
  @Field(() => [FlowGroup], {
    description: 'The links: by sender and receiver unless asked otherwise; most units first.',
  })
  groups!: FlowGroup[];

  @Field(() => [FlowNode], {
    description: 'The nodes of these links; none when not split by sender and receiver.',
  })
  nodes!: FlowNode[];
}

@Rule('analytics.read')
@ObjectType('ColdChainGroup', {
  description: 'The temperatures units of one group were in.',
  simpleResolvers: true,
})
export class ColdChainGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Units with a reading.' })
  units!: number | null;

  @Field(() => Int, { nullable: true, description: 'Readings, each for each unit in it.' })
  readings!: number | null;

  @Field(() => Float, { nullable: true, description: 'Lowest, degrees Celsius.' })
  minCelsius!: number | null;

  @Field(() => Float, { nullable: true, description: 'Highest, degrees Celsius.' })
  maxCelsius!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Minutes outside the range, of all units: from a reading outside to the next of its sensor. Null where no range is known.',
  })
  minutesOut!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Minutes outside, each times the degrees beyond the bound.',
  })
  degreeMinutes!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean kinetic temperature, degrees Celsius: USP <1079.2>, heat of activation 83.144 kJ/mol, each reading with the same weight.',
  })
  meanKineticCelsius!: number | null;
}

@Rule('analytics.read')
@ObjectType('ColdChainFigure', {
  description:
    'Temperatures of units: their own readings, those of containers while they were inside, and those of places while they were there.',
  simpleResolvers: true,
})
export class ColdChainFigure extends FigureBase {
  @Field(() => [ColdChainGroup], {
    description: 'By product unless asked otherwise; most units first.',
  })
  groups!: ColdChainGroup[];
}

@Rule('analytics.read')
@ObjectType('ExpiryGroup', { description: 'Units of one group.', simpleResolvers: true })
export class ExpiryGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Units expired or about to.' })
  units!: number | null;

  @Field(() => Int, { nullable: true, description: 'Units expired by now, and still about.' })
  expired!: number | null;

  @Field(() => Int, { nullable: true, description: 'Units that expire within the days asked for.' })
  expiring!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The earliest expiry among them; null for whoever may not read the records.',
  })
  firstExpiry!: number | null;
}

@Rule('analytics.read')
@ObjectType('ExpiryFigure', {
  description:
    'Units neither dispensed nor at the end of their life that have expired, or soon will, from now; the window does not bear on it.',
  simpleResolvers: true,
})
export class ExpiryFigure extends FigureBase {
  @Field(() => [ExpiryGroup], {
    description: 'By product unless asked otherwise; most units first.',
  })
  groups!: ExpiryGroup[];
}

@Rule('analytics.read')
@ObjectType('VerificationGroup', { description: 'Serials of one group.', simpleResolvers: true })
export class VerificationGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Distinct serials seen.' })
  serials!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of these, not verified at some event.' })
  refused!: number | null;

  @Field(() => Float, { nullable: true, description: 'Share that was verified, 0 to 1.' })
  rate!: number | null;
}

@Rule('analytics.read')
@ObjectType('VerificationFigure', {
  description:
    'Whether serials that are shipped, received or dispensed can be verified. Answers of `verifyProduct` are not on the ledger: this compares what is seen with what was commissioned. Reasons: VERIFIED, NOT_COMMISSIONED, BEFORE_COMMISSIONING, COMMISSIONED_TWICE, EXPIRED.',
  simpleResolvers: true,
})
export class VerificationFigure extends FigureBase {
  @Field(() => [VerificationGroup], {
    description: 'By reason unless asked otherwise; most serials first.',
  })
  groups!: VerificationGroup[];
}

@Rule('analytics.read')
@ObjectType('AggregationGroup', { description: 'Packing of one group.', simpleResolvers: true })
export class AggregationGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Children named by aggregations.' })
  children!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of these, against what was known.' })
  conflicts!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of these, seen in what they were not known to be in (MISMATCH_INSTANCE).',
  })
  mismatches!: number | null;

  @Field(() => Float, { nullable: true, description: 'Share without conflict, 0 to 1.' })
  accuracy!: number | null;
}

@Rule('analytics.read')
@ObjectType('AggregationFigure', {
  description:
    'How often packing is told as it fits. Reasons: REPARENTED_WITHOUT_DELETE, CYCLE, DELETE_WITHOUT_ADD, MISMATCH_INSTANCE, TOO_DEEP; null without conflict.',
  simpleResolvers: true,
})
export class AggregationFigure extends FigureBase {
  @Field(() => [AggregationGroup], { description: 'By what was asked; most children first.' })
  groups!: AggregationGroup[];
}
