import { Field, InputType } from 'type-graphql';
import type { AlertType } from '../../../graph/alert/suspicion.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { AlertTypeEnum } from './alert.enum.js';

@InputType('AlertFilter', {
  description: 'Which alerts are meant: those that satisfy all of these.',
})
export class AlertFilterInput {
  @Field(() => [AlertTypeEnum], { nullable: true, description: 'Of one of these types.' })
  types?: AlertType[];

  @Field(() => String, {
    nullable: true,
    description: 'On this item: its EPC in any form.',
  })
  item?: string;

  @Field(() => String, {
    nullable: true,
    description: 'On an instance of this GTIN: its digits, or any form that has it.',
  })
  gtin?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The first evidence happened at this place: its GLN as URN or Digital Link; without extension, anywhere at the site.',
  })
  place?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Raised at this time or later.' })
  raisedFrom?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Raised before this time.' })
  raisedBefore?: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Resting on something at this ledger position or later.',
  })
  evidenceFrom?: number;
}
