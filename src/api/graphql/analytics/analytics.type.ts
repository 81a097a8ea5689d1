import { Field, ObjectType } from 'type-graphql';
import type { AnalyticsView } from '../../../query/analytics/analytics.js';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { ClaimAnalyticsType } from './claim-figure.type.js';

@Rule('analytics.read')
@ObjectType('Analytics', {
  description:
    'Figures made of facts, as they are known at present: an earlier `knownAt` cannot be asked for. Groups of fewer than 11 are not told to whoever may not read the records, nor what would give them away.',
  simpleResolvers: true,
})
export class AnalyticsType {
  view!: AnalyticsView;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the figures know of; null while none is known.',
  })
  asOfPosition!: number | null;

  @Field(() => ClaimAnalyticsType, { description: 'Figures of claims.' })
  claims!: ClaimAnalyticsType;
}
