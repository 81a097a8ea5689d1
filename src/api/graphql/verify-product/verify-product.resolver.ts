import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { verifyProduct, type VerificationView } from '../../../query/verify-product.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { ItemEvidenceType } from '../item/evidence.type.js';
import { Rule } from '../rule.js';
import { DateScalar } from '../scalar/date.scalar.js';
import { VerificationResultType } from './verify-product.type.js';

@Resolver(() => VerificationResultType)
export class VerifyProductResolver {
  @Rule('content.read')
  @Query(() => VerificationResultType, {
    complexity: ({ childComplexity }) => 30 + childComplexity,
    description:
      'Whether the identifier on a package is one that was commissioned, by the rules of the GS1 Lightweight Messaging Standard for Verification of Product Identifiers. Give `gtin` and `serial`, or `scan`.',
  })
  verifyProduct(
    @Ctx() { reader }: ApiContext,
    @Arg('gtin', () => String, {
      nullable: true,
      description:
        'GTIN of 8, 12, 13 or 14 digits, an NDC with hyphens, or a class as URN or link.',
    })
    gtin?: string,
    @Arg('serial', () => String, { nullable: true, description: 'Serial number.' })
    serial?: string,
    @Arg('lot', () => String, { nullable: true, description: 'Lot number, to be compared.' })
    lot?: string,
    @Arg('expiry', () => DateScalar, {
      nullable: true,
      description: 'Expiry date, to be compared by the day.',
    })
    expiry?: string,
    @Arg('scan', () => String, {
      nullable: true,
      description:
        'What a scanner read, in place of the others: an element string with brackets or with FNC1, or a Digital Link.',
    })
    scan?: string,
  ): Promise<VerificationView> {
    return verifyProduct(reader, dropNulls({ gtin, serial, lot, expiry, scan }));
  }

  @Rule('content.read')
  @FieldResolver(() => [ItemEvidenceType], {
    complexity: ({ childComplexity }) => 5 * childComplexity,
    description: 'The events that decided: its commissioning, its recall, the end of its life.',
  })
  evidence(@Root() { evidence }: VerificationView): ItemEvidenceType[] {
    return evidence.map((seq) => ({ seq }));
  }
}
