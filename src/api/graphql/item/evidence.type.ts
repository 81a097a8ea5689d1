import { Field, ObjectType } from 'type-graphql';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@Rule('content.read')
@ObjectType('ItemEvidence', {
  description: 'The event that says so.',
  simpleResolvers: true,
})
export class ItemEvidenceType {
  @Field(() => SeqScalar, { description: 'Position of its record in the log.' })
  seq!: number;
}
