import { Field, ObjectType } from 'type-graphql';
import type { ConsistencyProofView, InclusionProofView } from '../../../query/proof.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

@Rule('ledger.read')
@ObjectType('InclusionProof', {
  description:
    'Proof that an entry stands at its position in a log (RFC 9162 section 2.1.3). Hash leaf and path together: the result must be the root of the checkpoint.',
  simpleResolvers: true,
})
export class InclusionProofType implements InclusionProofView {
  @Field(() => SeqScalar, { description: 'Position of the entry.' })
  seq!: number;

  @Field(() => SeqScalar, { description: 'Number of entries of the tree it is proven against.' })
  size!: number;

  @Field(() => String, { description: 'Hash of the entry: SHA-256 of 00 and its bytes; base64.' })
  leafHash!: string;

  @Field(() => [String], { description: 'Audit path, from the sibling of the leaf up; base64.' })
  hashes!: string[];

  @Field(() => String, { description: 'Root of that tree; base64.' })
  root!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The signed checkpoint of that tree, when it is the present one.',
  })
  checkpoint!: string | null;
}

@Rule('ledger.read')
@ObjectType('ConsistencyProof', {
  description: 'Proof that a log only grew between two sizes (RFC 9162 section 2.1.4).',
  simpleResolvers: true,
})
export class ConsistencyProofType implements ConsistencyProofView {
  @Field(() => SeqScalar, { description: 'Number of entries of the former tree.' })
  from!: number;

  @Field(() => SeqScalar, { description: 'Number of entries of the later tree.' })
  to!: number;

  @Field(() => String, { description: 'Root of the former tree; base64.' })
  fromRoot!: string;

  @Field(() => String, { description: 'Root of the later tree; base64.' })
  toRoot!: string;

  @Field(() => [String], { description: 'The proof; base64.' })
  hashes!: string[];
}
