import { Field, ObjectType } from 'type-graphql';
import type { VerificationView } from '../../../query/verify-product.js';
import { ItemStatusEnum } from '../item/item.enum.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { DateScalar } from '../scalar/date.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { VerificationFailureReasonEnum, VerificationInfoEnum } from './verify-product.enum.js';

@Rule('content.read')
@ObjectType('VerificationResult', {
  description:
    'Whether a product identifier is one that was commissioned here. Has the same members whatever the answer.',
  simpleResolvers: true,
})
export class VerificationResultType implements Omit<VerificationView, 'evidence'> {
  @Field(() => String, { description: 'The GTIN asked about, 14 digits.' })
  gtin!: string;

  @Field(() => String, { description: 'The serial number asked about.' })
  serial!: string;

  @Field(() => String, { nullable: true, description: 'The lot asked about, if any.' })
  lot!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The expiry date asked about, if any.' })
  expiry!: string | null;

  @Field(() => String, { description: 'EPC of the unit: a canonical GS1 Digital Link.' })
  epc!: string;

  @Field(() => Boolean, {
    description:
      'The identifier matches what was captured, and the unit may still be traded. What is not given is not compared.',
  })
  verified!: boolean;

  @Field(() => VerificationFailureReasonEnum, {
    nullable: true,
    description: 'Why not, if it is not.',
  })
  verificationFailureReason!: VerificationView['verificationFailureReason'];

  @Field(() => [VerificationInfoEnum], {
    description: 'What else is to be known, what weighs most first; empty when nothing matches.',
  })
  additionalInfo!: VerificationView['additionalInfo'];

  @Field(() => ItemStatusEnum, { description: 'Where the unit stands in its life.' })
  status!: VerificationView['status'];

  @Field(() => DateTimeScalar, { description: 'When it was verified.' })
  verifiedAt!: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}
