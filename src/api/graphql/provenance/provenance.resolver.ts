import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { getProvenance, type ProvenanceView } from '../../../query/provenance.js';
import { proveEntry, type InclusionProofView } from '../../../query/proof.js';
import type { ApiContext } from '../context.js';
import { InclusionProofType } from '../log/proof.type.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { ProvenanceType } from './provenance.type.js';
import { Rule } from '../rule.js';

@Resolver(() => ProvenanceType)
export class ProvenanceResolver {
  @Rule('record.list')
  @Query(() => ProvenanceType, {
    complexity: ({ childComplexity }) => 10 + 5 * childComplexity,
    description:
      'Where a record version comes from: versions, author, activity, entry and proof. NOT_FOUND when there is none this viewer may know of.',
  })
  provenance(
    @Ctx() { reader }: ApiContext,
    @Arg('cid', () => CidScalar, { description: 'CID of the sealed block of the version.' })
    cid: string,
  ): Promise<ProvenanceView> {
    return getProvenance(reader, cid);
  }

  @FieldResolver(() => InclusionProofType, {
    complexity: 5,
    description: 'Proof that its entry stands in the log, against the latest checkpoint.',
  })
  inclusionProof(
    @Root() { record }: ProvenanceView,
    @Ctx() { reader }: ApiContext,
  ): Promise<InclusionProofView> {
    return proveEntry(reader, record.seq);
  }
}
